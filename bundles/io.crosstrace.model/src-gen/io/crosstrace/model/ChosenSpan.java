/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Chosen Span</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * One step of the chosen trace.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getId <em>Id</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getService <em>Service</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getOperation <em>Operation</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getKind <em>Kind</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getStartNanos <em>Start Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getDurationNanos <em>Duration Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#isError <em>Error</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getConfidence <em>Confidence</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getRow <em>Row</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenSpan#getChildren <em>Children</em>}</li>
 * </ul>
 *
 * @see io.crosstrace.model.ModelPackage#getChosenSpan()
 * @model
 * @generated
 */
public interface ChosenSpan extends EObject {
	/**
	 * Returns the value of the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Span id, 16 hexadecimal digits.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Id</em>' attribute.
	 * @see #setId(String)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Id()
	 * @model
	 * @generated
	 */
	String getId();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getId <em>Id</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Id</em>' attribute.
	 * @see #getId()
	 * @generated
	 */
	void setId(String value);

	/**
	 * Returns the value of the '<em><b>Service</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Service</em>' attribute.
	 * @see #setService(String)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Service()
	 * @model
	 * @generated
	 */
	String getService();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getService <em>Service</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Service</em>' attribute.
	 * @see #getService()
	 * @generated
	 */
	void setService(String value);

	/**
	 * Returns the value of the '<em><b>Operation</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Operation</em>' attribute.
	 * @see #setOperation(String)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Operation()
	 * @model
	 * @generated
	 */
	String getOperation();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getOperation <em>Operation</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Operation</em>' attribute.
	 * @see #getOperation()
	 * @generated
	 */
	void setOperation(String value);

	/**
	 * Returns the value of the '<em><b>Kind</b></em>' attribute.
	 * The literals are from the enumeration {@link io.crosstrace.model.SpanKind}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Kind</em>' attribute.
	 * @see io.crosstrace.model.SpanKind
	 * @see #setKind(SpanKind)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Kind()
	 * @model
	 * @generated
	 */
	SpanKind getKind();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getKind <em>Kind</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Kind</em>' attribute.
	 * @see io.crosstrace.model.SpanKind
	 * @see #getKind()
	 * @generated
	 */
	void setKind(SpanKind value);

	/**
	 * Returns the value of the '<em><b>Start Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Unix time.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Start Nanos</em>' attribute.
	 * @see #setStartNanos(long)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_StartNanos()
	 * @model
	 * @generated
	 */
	long getStartNanos();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getStartNanos <em>Start Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Start Nanos</em>' attribute.
	 * @see #getStartNanos()
	 * @generated
	 */
	void setStartNanos(long value);

	/**
	 * Returns the value of the '<em><b>Duration Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Duration Nanos</em>' attribute.
	 * @see #setDurationNanos(long)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_DurationNanos()
	 * @model
	 * @generated
	 */
	long getDurationNanos();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getDurationNanos <em>Duration Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Duration Nanos</em>' attribute.
	 * @see #getDurationNanos()
	 * @generated
	 */
	void setDurationNanos(long value);

	/**
	 * Returns the value of the '<em><b>Error</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Error</em>' attribute.
	 * @see #setError(boolean)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Error()
	 * @model
	 * @generated
	 */
	boolean isError();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#isError <em>Error</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Error</em>' attribute.
	 * @see #isError()
	 * @generated
	 */
	void setError(boolean value);

	/**
	 * Returns the value of the '<em><b>Confidence</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * How sure its parent is, 0 to 1.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Confidence</em>' attribute.
	 * @see #setConfidence(double)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Confidence()
	 * @model
	 * @generated
	 */
	double getConfidence();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getConfidence <em>Confidence</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Confidence</em>' attribute.
	 * @see #getConfidence()
	 * @generated
	 */
	void setConfidence(double value);

	/**
	 * Returns the value of the '<em><b>Row</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Row of the span table it was made from.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Row</em>' attribute.
	 * @see #setRow(int)
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Row()
	 * @model
	 * @generated
	 */
	int getRow();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenSpan#getRow <em>Row</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Row</em>' attribute.
	 * @see #getRow()
	 * @generated
	 */
	void setRow(int value);

	/**
	 * Returns the value of the '<em><b>Children</b></em>' containment reference list.
	 * The list contents are of type {@link io.crosstrace.model.ChosenSpan}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Children</em>' containment reference list.
	 * @see io.crosstrace.model.ModelPackage#getChosenSpan_Children()
	 * @model containment="true"
	 * @generated
	 */
	EList<ChosenSpan> getChildren();

} // ChosenSpan

/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Chosen Trace</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * The trace a person looks at.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.ChosenTrace#getId <em>Id</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenTrace#getStartNanos <em>Start Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenTrace#getDurationNanos <em>Duration Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.ChosenTrace#getRoots <em>Roots</em>}</li>
 * </ul>
 *
 * @see io.crosstrace.model.ModelPackage#getChosenTrace()
 * @model
 * @generated
 */
public interface ChosenTrace extends EObject {
	/**
	 * Returns the value of the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Trace id, 32 hexadecimal digits.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Id</em>' attribute.
	 * @see #setId(String)
	 * @see io.crosstrace.model.ModelPackage#getChosenTrace_Id()
	 * @model
	 * @generated
	 */
	String getId();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenTrace#getId <em>Id</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Id</em>' attribute.
	 * @see #getId()
	 * @generated
	 */
	void setId(String value);

	/**
	 * Returns the value of the '<em><b>Start Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Unix time.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Start Nanos</em>' attribute.
	 * @see #setStartNanos(long)
	 * @see io.crosstrace.model.ModelPackage#getChosenTrace_StartNanos()
	 * @model
	 * @generated
	 */
	long getStartNanos();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenTrace#getStartNanos <em>Start Nanos</em>}' attribute.
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
	 * @see io.crosstrace.model.ModelPackage#getChosenTrace_DurationNanos()
	 * @model
	 * @generated
	 */
	long getDurationNanos();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.ChosenTrace#getDurationNanos <em>Duration Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Duration Nanos</em>' attribute.
	 * @see #getDurationNanos()
	 * @generated
	 */
	void setDurationNanos(long value);

	/**
	 * Returns the value of the '<em><b>Roots</b></em>' containment reference list.
	 * The list contents are of type {@link io.crosstrace.model.ChosenSpan}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Roots</em>' containment reference list.
	 * @see io.crosstrace.model.ModelPackage#getChosenTrace_Roots()
	 * @model containment="true"
	 * @generated
	 */
	EList<ChosenSpan> getRoots();

} // ChosenTrace

/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Dependency</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * Calls of one service to another.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.Dependency#getFrom <em>From</em>}</li>
 *   <li>{@link io.crosstrace.model.Dependency#getTo <em>To</em>}</li>
 *   <li>{@link io.crosstrace.model.Dependency#getCallsPerSecond <em>Calls Per Second</em>}</li>
 *   <li>{@link io.crosstrace.model.Dependency#getP95Nanos <em>P95 Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.Dependency#getErrorRate <em>Error Rate</em>}</li>
 * </ul>
 *
 * @see io.crosstrace.model.ModelPackage#getDependency()
 * @model
 * @generated
 */
public interface Dependency extends EObject {
	/**
	 * Returns the value of the '<em><b>From</b></em>' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>From</em>' reference.
	 * @see #setFrom(Service)
	 * @see io.crosstrace.model.ModelPackage#getDependency_From()
	 * @model
	 * @generated
	 */
	Service getFrom();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Dependency#getFrom <em>From</em>}' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>From</em>' reference.
	 * @see #getFrom()
	 * @generated
	 */
	void setFrom(Service value);

	/**
	 * Returns the value of the '<em><b>To</b></em>' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>To</em>' reference.
	 * @see #setTo(Service)
	 * @see io.crosstrace.model.ModelPackage#getDependency_To()
	 * @model
	 * @generated
	 */
	Service getTo();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Dependency#getTo <em>To</em>}' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>To</em>' reference.
	 * @see #getTo()
	 * @generated
	 */
	void setTo(Service value);

	/**
	 * Returns the value of the '<em><b>Calls Per Second</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Calls Per Second</em>' attribute.
	 * @see #setCallsPerSecond(double)
	 * @see io.crosstrace.model.ModelPackage#getDependency_CallsPerSecond()
	 * @model
	 * @generated
	 */
	double getCallsPerSecond();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Dependency#getCallsPerSecond <em>Calls Per Second</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Calls Per Second</em>' attribute.
	 * @see #getCallsPerSecond()
	 * @generated
	 */
	void setCallsPerSecond(double value);

	/**
	 * Returns the value of the '<em><b>P95 Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>P95 Nanos</em>' attribute.
	 * @see #setP95Nanos(long)
	 * @see io.crosstrace.model.ModelPackage#getDependency_P95Nanos()
	 * @model
	 * @generated
	 */
	long getP95Nanos();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Dependency#getP95Nanos <em>P95 Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>P95 Nanos</em>' attribute.
	 * @see #getP95Nanos()
	 * @generated
	 */
	void setP95Nanos(long value);

	/**
	 * Returns the value of the '<em><b>Error Rate</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * 0 to 1.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Error Rate</em>' attribute.
	 * @see #setErrorRate(double)
	 * @see io.crosstrace.model.ModelPackage#getDependency_ErrorRate()
	 * @model
	 * @generated
	 */
	double getErrorRate();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Dependency#getErrorRate <em>Error Rate</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Error Rate</em>' attribute.
	 * @see #getErrorRate()
	 * @generated
	 */
	void setErrorRate(double value);

} // Dependency

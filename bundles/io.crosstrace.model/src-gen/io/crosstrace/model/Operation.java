/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Operation</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * One kind of request of a service.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.Operation#getName <em>Name</em>}</li>
 *   <li>{@link io.crosstrace.model.Operation#getCallsPerSecond <em>Calls Per Second</em>}</li>
 *   <li>{@link io.crosstrace.model.Operation#getP95Nanos <em>P95 Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.Operation#getErrorRate <em>Error Rate</em>}</li>
 * </ul>
 *
 * @see io.crosstrace.model.ModelPackage#getOperation()
 * @model
 * @generated
 */
public interface Operation extends EObject {
	/**
	 * Returns the value of the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Name</em>' attribute.
	 * @see #setName(String)
	 * @see io.crosstrace.model.ModelPackage#getOperation_Name()
	 * @model
	 * @generated
	 */
	String getName();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Operation#getName <em>Name</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Name</em>' attribute.
	 * @see #getName()
	 * @generated
	 */
	void setName(String value);

	/**
	 * Returns the value of the '<em><b>Calls Per Second</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Calls Per Second</em>' attribute.
	 * @see #setCallsPerSecond(double)
	 * @see io.crosstrace.model.ModelPackage#getOperation_CallsPerSecond()
	 * @model
	 * @generated
	 */
	double getCallsPerSecond();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Operation#getCallsPerSecond <em>Calls Per Second</em>}' attribute.
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
	 * @see io.crosstrace.model.ModelPackage#getOperation_P95Nanos()
	 * @model
	 * @generated
	 */
	long getP95Nanos();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Operation#getP95Nanos <em>P95 Nanos</em>}' attribute.
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
	 * @see io.crosstrace.model.ModelPackage#getOperation_ErrorRate()
	 * @model
	 * @generated
	 */
	double getErrorRate();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Operation#getErrorRate <em>Error Rate</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Error Rate</em>' attribute.
	 * @see #getErrorRate()
	 * @generated
	 */
	void setErrorRate(double value);

} // Operation

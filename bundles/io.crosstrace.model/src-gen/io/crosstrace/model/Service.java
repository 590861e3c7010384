/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Service</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * A service and what it did in the chosen window.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.Service#getName <em>Name</em>}</li>
 *   <li>{@link io.crosstrace.model.Service#getCallsPerSecond <em>Calls Per Second</em>}</li>
 *   <li>{@link io.crosstrace.model.Service#getP95Nanos <em>P95 Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.Service#getErrorRate <em>Error Rate</em>}</li>
 *   <li>{@link io.crosstrace.model.Service#getOperations <em>Operations</em>}</li>
 * </ul>
 *
 * @see io.crosstrace.model.ModelPackage#getService()
 * @model
 * @generated
 */
public interface Service extends EObject {
	/**
	 * Returns the value of the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Name</em>' attribute.
	 * @see #setName(String)
	 * @see io.crosstrace.model.ModelPackage#getService_Name()
	 * @model
	 * @generated
	 */
	String getName();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Service#getName <em>Name</em>}' attribute.
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
	 * @see io.crosstrace.model.ModelPackage#getService_CallsPerSecond()
	 * @model
	 * @generated
	 */
	double getCallsPerSecond();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Service#getCallsPerSecond <em>Calls Per Second</em>}' attribute.
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
	 * @see io.crosstrace.model.ModelPackage#getService_P95Nanos()
	 * @model
	 * @generated
	 */
	long getP95Nanos();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Service#getP95Nanos <em>P95 Nanos</em>}' attribute.
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
	 * @see io.crosstrace.model.ModelPackage#getService_ErrorRate()
	 * @model
	 * @generated
	 */
	double getErrorRate();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Service#getErrorRate <em>Error Rate</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Error Rate</em>' attribute.
	 * @see #getErrorRate()
	 * @generated
	 */
	void setErrorRate(double value);

	/**
	 * Returns the value of the '<em><b>Operations</b></em>' containment reference list.
	 * The list contents are of type {@link io.crosstrace.model.Operation}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Operations</em>' containment reference list.
	 * @see io.crosstrace.model.ModelPackage#getService_Operations()
	 * @model containment="true"
	 * @generated
	 */
	EList<Operation> getOperations();

} // Service

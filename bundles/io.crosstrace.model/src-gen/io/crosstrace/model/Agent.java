/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Agent</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * An agent, as its connection and its last health report tell.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.Agent#getHost <em>Host</em>}</li>
 *   <li>{@link io.crosstrace.model.Agent#getPort <em>Port</em>}</li>
 *   <li>{@link io.crosstrace.model.Agent#getName <em>Name</em>}</li>
 *   <li>{@link io.crosstrace.model.Agent#getState <em>State</em>}</li>
 *   <li>{@link io.crosstrace.model.Agent#getReason <em>Reason</em>}</li>
 *   <li>{@link io.crosstrace.model.Agent#getProvider <em>Provider</em>}</li>
 *   <li>{@link io.crosstrace.model.Agent#getSpansPerSecond <em>Spans Per Second</em>}</li>
 *   <li>{@link io.crosstrace.model.Agent#getLosses <em>Losses</em>}</li>
 * </ul>
 *
 * @see io.crosstrace.model.ModelPackage#getAgent()
 * @model
 * @generated
 */
public interface Agent extends EObject {
	/**
	 * Returns the value of the '<em><b>Host</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Host</em>' attribute.
	 * @see #setHost(String)
	 * @see io.crosstrace.model.ModelPackage#getAgent_Host()
	 * @model
	 * @generated
	 */
	String getHost();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Agent#getHost <em>Host</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Host</em>' attribute.
	 * @see #getHost()
	 * @generated
	 */
	void setHost(String value);

	/**
	 * Returns the value of the '<em><b>Port</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Port</em>' attribute.
	 * @see #setPort(int)
	 * @see io.crosstrace.model.ModelPackage#getAgent_Port()
	 * @model
	 * @generated
	 */
	int getPort();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Agent#getPort <em>Port</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Port</em>' attribute.
	 * @see #getPort()
	 * @generated
	 */
	void setPort(int value);

	/**
	 * Returns the value of the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The host as the agent calls it.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Name</em>' attribute.
	 * @see #setName(String)
	 * @see io.crosstrace.model.ModelPackage#getAgent_Name()
	 * @model
	 * @generated
	 */
	String getName();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Agent#getName <em>Name</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Name</em>' attribute.
	 * @see #getName()
	 * @generated
	 */
	void setName(String value);

	/**
	 * Returns the value of the '<em><b>State</b></em>' attribute.
	 * The literals are from the enumeration {@link io.crosstrace.model.AgentState}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>State</em>' attribute.
	 * @see io.crosstrace.model.AgentState
	 * @see #setState(AgentState)
	 * @see io.crosstrace.model.ModelPackage#getAgent_State()
	 * @model
	 * @generated
	 */
	AgentState getState();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Agent#getState <em>State</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>State</em>' attribute.
	 * @see io.crosstrace.model.AgentState
	 * @see #getState()
	 * @generated
	 */
	void setState(AgentState value);

	/**
	 * Returns the value of the '<em><b>Reason</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Why the state is what it is, and what to do, in one sentence.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Reason</em>' attribute.
	 * @see #setReason(String)
	 * @see io.crosstrace.model.ModelPackage#getAgent_Reason()
	 * @model
	 * @generated
	 */
	String getReason();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Agent#getReason <em>Reason</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Reason</em>' attribute.
	 * @see #getReason()
	 * @generated
	 */
	void setReason(String value);

	/**
	 * Returns the value of the '<em><b>Provider</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * How the kernel is asked, such as tp_btf.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Provider</em>' attribute.
	 * @see #setProvider(String)
	 * @see io.crosstrace.model.ModelPackage#getAgent_Provider()
	 * @model
	 * @generated
	 */
	String getProvider();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Agent#getProvider <em>Provider</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Provider</em>' attribute.
	 * @see #getProvider()
	 * @generated
	 */
	void setProvider(String value);

	/**
	 * Returns the value of the '<em><b>Spans Per Second</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Spans Per Second</em>' attribute.
	 * @see #setSpansPerSecond(double)
	 * @see io.crosstrace.model.ModelPackage#getAgent_SpansPerSecond()
	 * @model
	 * @generated
	 */
	double getSpansPerSecond();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Agent#getSpansPerSecond <em>Spans Per Second</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Spans Per Second</em>' attribute.
	 * @see #getSpansPerSecond()
	 * @generated
	 */
	void setSpansPerSecond(double value);

	/**
	 * Returns the value of the '<em><b>Losses</b></em>' containment reference list.
	 * The list contents are of type {@link io.crosstrace.model.Loss}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Losses</em>' containment reference list.
	 * @see io.crosstrace.model.ModelPackage#getAgent_Losses()
	 * @model containment="true"
	 * @generated
	 */
	EList<Loss> getLosses();

} // Agent

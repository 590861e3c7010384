/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Session</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * What one CrossTrace perspective looks at: the agents it listens to, what they found, and what a person chose.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.Session#getAgents <em>Agents</em>}</li>
 *   <li>{@link io.crosstrace.model.Session#getServices <em>Services</em>}</li>
 *   <li>{@link io.crosstrace.model.Session#getDependencies <em>Dependencies</em>}</li>
 *   <li>{@link io.crosstrace.model.Session#getTrace <em>Trace</em>}</li>
 *   <li>{@link io.crosstrace.model.Session#isPaused <em>Paused</em>}</li>
 *   <li>{@link io.crosstrace.model.Session#getSpans <em>Spans</em>}</li>
 *   <li>{@link io.crosstrace.model.Session#getLostSpans <em>Lost Spans</em>}</li>
 * </ul>
 *
 * @see io.crosstrace.model.ModelPackage#getSession()
 * @model
 * @generated
 */
public interface Session extends EObject {
	/**
	 * Returns the value of the '<em><b>Agents</b></em>' containment reference list.
	 * The list contents are of type {@link io.crosstrace.model.Agent}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Agents</em>' containment reference list.
	 * @see io.crosstrace.model.ModelPackage#getSession_Agents()
	 * @model containment="true"
	 * @generated
	 */
	EList<Agent> getAgents();

	/**
	 * Returns the value of the '<em><b>Services</b></em>' containment reference list.
	 * The list contents are of type {@link io.crosstrace.model.Service}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Services</em>' containment reference list.
	 * @see io.crosstrace.model.ModelPackage#getSession_Services()
	 * @model containment="true"
	 * @generated
	 */
	EList<Service> getServices();

	/**
	 * Returns the value of the '<em><b>Dependencies</b></em>' containment reference list.
	 * The list contents are of type {@link io.crosstrace.model.Dependency}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Dependencies</em>' containment reference list.
	 * @see io.crosstrace.model.ModelPackage#getSession_Dependencies()
	 * @model containment="true"
	 * @generated
	 */
	EList<Dependency> getDependencies();

	/**
	 * Returns the value of the '<em><b>Trace</b></em>' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Trace</em>' containment reference.
	 * @see #setTrace(ChosenTrace)
	 * @see io.crosstrace.model.ModelPackage#getSession_Trace()
	 * @model containment="true"
	 * @generated
	 */
	ChosenTrace getTrace();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Session#getTrace <em>Trace</em>}' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Trace</em>' containment reference.
	 * @see #getTrace()
	 * @generated
	 */
	void setTrace(ChosenTrace value);

	/**
	 * Returns the value of the '<em><b>Paused</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Whether the views stand still while spans go on arriving.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Paused</em>' attribute.
	 * @see #setPaused(boolean)
	 * @see io.crosstrace.model.ModelPackage#getSession_Paused()
	 * @model
	 * @generated
	 */
	boolean isPaused();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Session#isPaused <em>Paused</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Paused</em>' attribute.
	 * @see #isPaused()
	 * @generated
	 */
	void setPaused(boolean value);

	/**
	 * Returns the value of the '<em><b>Spans</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Spans held.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Spans</em>' attribute.
	 * @see #setSpans(long)
	 * @see io.crosstrace.model.ModelPackage#getSession_Spans()
	 * @model
	 * @generated
	 */
	long getSpans();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Session#getSpans <em>Spans</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Spans</em>' attribute.
	 * @see #getSpans()
	 * @generated
	 */
	void setSpans(long value);

	/**
	 * Returns the value of the '<em><b>Lost Spans</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Spans known to be missing, of all agents.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Lost Spans</em>' attribute.
	 * @see #setLostSpans(long)
	 * @see io.crosstrace.model.ModelPackage#getSession_LostSpans()
	 * @model
	 * @generated
	 */
	long getLostSpans();

	/**
	 * Sets the value of the '{@link io.crosstrace.model.Session#getLostSpans <em>Lost Spans</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Lost Spans</em>' attribute.
	 * @see #getLostSpans()
	 * @generated
	 */
	void setLostSpans(long value);

} // Session

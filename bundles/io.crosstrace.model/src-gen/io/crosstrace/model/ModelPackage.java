/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EEnum;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.emf.ecore.EReference;

/**
 * <!-- begin-user-doc -->
 * The <b>Package</b> for the model.
 * It contains accessors for the meta objects to represent
 * <ul>
 *   <li>each class,</li>
 *   <li>each feature of each class,</li>
 *   <li>each enum,</li>
 *   <li>and each data type</li>
 * </ul>
 * <!-- end-user-doc -->
 * @see io.crosstrace.model.ModelFactory
 * @model kind="package"
 * @generated
 */
public interface ModelPackage extends EPackage {
	/**
	 * The package name.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNAME = "model";

	/**
	 * The package namespace URI.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNS_URI = "http://crosstrace.io/model/1";

	/**
	 * The package namespace name.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNS_PREFIX = "crosstrace";

	/**
	 * The singleton instance of the package.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	ModelPackage eINSTANCE = io.crosstrace.model.impl.ModelPackageImpl.init();

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.SessionImpl <em>Session</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.SessionImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getSession()
	 * @generated
	 */
	int SESSION = 0;

	/**
	 * The feature id for the '<em><b>Agents</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION__AGENTS = 0;

	/**
	 * The feature id for the '<em><b>Services</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION__SERVICES = 1;

	/**
	 * The feature id for the '<em><b>Dependencies</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION__DEPENDENCIES = 2;

	/**
	 * The feature id for the '<em><b>Trace</b></em>' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION__TRACE = 3;

	/**
	 * The feature id for the '<em><b>Paused</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION__PAUSED = 4;

	/**
	 * The feature id for the '<em><b>Spans</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION__SPANS = 5;

	/**
	 * The feature id for the '<em><b>Lost Spans</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION__LOST_SPANS = 6;

	/**
	 * The number of structural features of the '<em>Session</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SESSION_FEATURE_COUNT = 7;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.AgentImpl <em>Agent</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.AgentImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getAgent()
	 * @generated
	 */
	int AGENT = 1;

	/**
	 * The feature id for the '<em><b>Host</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__HOST = 0;

	/**
	 * The feature id for the '<em><b>Port</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__PORT = 1;

	/**
	 * The feature id for the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__NAME = 2;

	/**
	 * The feature id for the '<em><b>State</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__STATE = 3;

	/**
	 * The feature id for the '<em><b>Reason</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__REASON = 4;

	/**
	 * The feature id for the '<em><b>Provider</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__PROVIDER = 5;

	/**
	 * The feature id for the '<em><b>Spans Per Second</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__SPANS_PER_SECOND = 6;

	/**
	 * The feature id for the '<em><b>Losses</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT__LOSSES = 7;

	/**
	 * The number of structural features of the '<em>Agent</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int AGENT_FEATURE_COUNT = 8;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.LossImpl <em>Loss</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.LossImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getLoss()
	 * @generated
	 */
	int LOSS = 2;

	/**
	 * The feature id for the '<em><b>Reason</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int LOSS__REASON = 0;

	/**
	 * The feature id for the '<em><b>Count</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int LOSS__COUNT = 1;

	/**
	 * The number of structural features of the '<em>Loss</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int LOSS_FEATURE_COUNT = 2;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.ServiceImpl <em>Service</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.ServiceImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getService()
	 * @generated
	 */
	int SERVICE = 3;

	/**
	 * The feature id for the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SERVICE__NAME = 0;

	/**
	 * The feature id for the '<em><b>Calls Per Second</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SERVICE__CALLS_PER_SECOND = 1;

	/**
	 * The feature id for the '<em><b>P95 Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SERVICE__P95_NANOS = 2;

	/**
	 * The feature id for the '<em><b>Error Rate</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SERVICE__ERROR_RATE = 3;

	/**
	 * The feature id for the '<em><b>Operations</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SERVICE__OPERATIONS = 4;

	/**
	 * The number of structural features of the '<em>Service</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int SERVICE_FEATURE_COUNT = 5;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.OperationImpl <em>Operation</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.OperationImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getOperation()
	 * @generated
	 */
	int OPERATION = 4;

	/**
	 * The feature id for the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int OPERATION__NAME = 0;

	/**
	 * The feature id for the '<em><b>Calls Per Second</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int OPERATION__CALLS_PER_SECOND = 1;

	/**
	 * The feature id for the '<em><b>P95 Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int OPERATION__P95_NANOS = 2;

	/**
	 * The feature id for the '<em><b>Error Rate</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int OPERATION__ERROR_RATE = 3;

	/**
	 * The number of structural features of the '<em>Operation</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int OPERATION_FEATURE_COUNT = 4;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.DependencyImpl <em>Dependency</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.DependencyImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getDependency()
	 * @generated
	 */
	int DEPENDENCY = 5;

	/**
	 * The feature id for the '<em><b>From</b></em>' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int DEPENDENCY__FROM = 0;

	/**
	 * The feature id for the '<em><b>To</b></em>' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int DEPENDENCY__TO = 1;

	/**
	 * The feature id for the '<em><b>Calls Per Second</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int DEPENDENCY__CALLS_PER_SECOND = 2;

	/**
	 * The feature id for the '<em><b>P95 Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int DEPENDENCY__P95_NANOS = 3;

	/**
	 * The feature id for the '<em><b>Error Rate</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int DEPENDENCY__ERROR_RATE = 4;

	/**
	 * The number of structural features of the '<em>Dependency</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int DEPENDENCY_FEATURE_COUNT = 5;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.ChosenTraceImpl <em>Chosen Trace</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.ChosenTraceImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getChosenTrace()
	 * @generated
	 */
	int CHOSEN_TRACE = 6;

	/**
	 * The feature id for the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_TRACE__ID = 0;

	/**
	 * The feature id for the '<em><b>Start Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_TRACE__START_NANOS = 1;

	/**
	 * The feature id for the '<em><b>Duration Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_TRACE__DURATION_NANOS = 2;

	/**
	 * The feature id for the '<em><b>Roots</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_TRACE__ROOTS = 3;

	/**
	 * The number of structural features of the '<em>Chosen Trace</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_TRACE_FEATURE_COUNT = 4;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.impl.ChosenSpanImpl <em>Chosen Span</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.impl.ChosenSpanImpl
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getChosenSpan()
	 * @generated
	 */
	int CHOSEN_SPAN = 7;

	/**
	 * The feature id for the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__ID = 0;

	/**
	 * The feature id for the '<em><b>Service</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__SERVICE = 1;

	/**
	 * The feature id for the '<em><b>Operation</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__OPERATION = 2;

	/**
	 * The feature id for the '<em><b>Kind</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__KIND = 3;

	/**
	 * The feature id for the '<em><b>Start Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__START_NANOS = 4;

	/**
	 * The feature id for the '<em><b>Duration Nanos</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__DURATION_NANOS = 5;

	/**
	 * The feature id for the '<em><b>Error</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__ERROR = 6;

	/**
	 * The feature id for the '<em><b>Confidence</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__CONFIDENCE = 7;

	/**
	 * The feature id for the '<em><b>Row</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__ROW = 8;

	/**
	 * The feature id for the '<em><b>Children</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN__CHILDREN = 9;

	/**
	 * The number of structural features of the '<em>Chosen Span</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int CHOSEN_SPAN_FEATURE_COUNT = 10;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.AgentState <em>Agent State</em>}' enum.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.AgentState
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getAgentState()
	 * @generated
	 */
	int AGENT_STATE = 8;

	/**
	 * The meta object id for the '{@link io.crosstrace.model.SpanKind <em>Span Kind</em>}' enum.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see io.crosstrace.model.SpanKind
	 * @see io.crosstrace.model.impl.ModelPackageImpl#getSpanKind()
	 * @generated
	 */
	int SPAN_KIND = 9;


	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.Session <em>Session</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Session</em>'.
	 * @see io.crosstrace.model.Session
	 * @generated
	 */
	EClass getSession();

	/**
	 * Returns the meta object for the containment reference list '{@link io.crosstrace.model.Session#getAgents <em>Agents</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Agents</em>'.
	 * @see io.crosstrace.model.Session#getAgents()
	 * @see #getSession()
	 * @generated
	 */
	EReference getSession_Agents();

	/**
	 * Returns the meta object for the containment reference list '{@link io.crosstrace.model.Session#getServices <em>Services</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Services</em>'.
	 * @see io.crosstrace.model.Session#getServices()
	 * @see #getSession()
	 * @generated
	 */
	EReference getSession_Services();

	/**
	 * Returns the meta object for the containment reference list '{@link io.crosstrace.model.Session#getDependencies <em>Dependencies</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Dependencies</em>'.
	 * @see io.crosstrace.model.Session#getDependencies()
	 * @see #getSession()
	 * @generated
	 */
	EReference getSession_Dependencies();

	/**
	 * Returns the meta object for the containment reference '{@link io.crosstrace.model.Session#getTrace <em>Trace</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference '<em>Trace</em>'.
	 * @see io.crosstrace.model.Session#getTrace()
	 * @see #getSession()
	 * @generated
	 */
	EReference getSession_Trace();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Session#isPaused <em>Paused</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Paused</em>'.
	 * @see io.crosstrace.model.Session#isPaused()
	 * @see #getSession()
	 * @generated
	 */
	EAttribute getSession_Paused();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Session#getSpans <em>Spans</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Spans</em>'.
	 * @see io.crosstrace.model.Session#getSpans()
	 * @see #getSession()
	 * @generated
	 */
	EAttribute getSession_Spans();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Session#getLostSpans <em>Lost Spans</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Lost Spans</em>'.
	 * @see io.crosstrace.model.Session#getLostSpans()
	 * @see #getSession()
	 * @generated
	 */
	EAttribute getSession_LostSpans();

	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.Agent <em>Agent</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Agent</em>'.
	 * @see io.crosstrace.model.Agent
	 * @generated
	 */
	EClass getAgent();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Agent#getHost <em>Host</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Host</em>'.
	 * @see io.crosstrace.model.Agent#getHost()
	 * @see #getAgent()
	 * @generated
	 */
	EAttribute getAgent_Host();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Agent#getPort <em>Port</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Port</em>'.
	 * @see io.crosstrace.model.Agent#getPort()
	 * @see #getAgent()
	 * @generated
	 */
	EAttribute getAgent_Port();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Agent#getName <em>Name</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Name</em>'.
	 * @see io.crosstrace.model.Agent#getName()
	 * @see #getAgent()
	 * @generated
	 */
	EAttribute getAgent_Name();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Agent#getState <em>State</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>State</em>'.
	 * @see io.crosstrace.model.Agent#getState()
	 * @see #getAgent()
	 * @generated
	 */
	EAttribute getAgent_State();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Agent#getReason <em>Reason</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Reason</em>'.
	 * @see io.crosstrace.model.Agent#getReason()
	 * @see #getAgent()
	 * @generated
	 */
	EAttribute getAgent_Reason();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Agent#getProvider <em>Provider</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Provider</em>'.
	 * @see io.crosstrace.model.Agent#getProvider()
	 * @see #getAgent()
	 * @generated
	 */
	EAttribute getAgent_Provider();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Agent#getSpansPerSecond <em>Spans Per Second</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Spans Per Second</em>'.
	 * @see io.crosstrace.model.Agent#getSpansPerSecond()
	 * @see #getAgent()
	 * @generated
	 */
	EAttribute getAgent_SpansPerSecond();

	/**
	 * Returns the meta object for the containment reference list '{@link io.crosstrace.model.Agent#getLosses <em>Losses</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Losses</em>'.
	 * @see io.crosstrace.model.Agent#getLosses()
	 * @see #getAgent()
	 * @generated
	 */
	EReference getAgent_Losses();

	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.Loss <em>Loss</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Loss</em>'.
	 * @see io.crosstrace.model.Loss
	 * @generated
	 */
	EClass getLoss();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Loss#getReason <em>Reason</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Reason</em>'.
	 * @see io.crosstrace.model.Loss#getReason()
	 * @see #getLoss()
	 * @generated
	 */
	EAttribute getLoss_Reason();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Loss#getCount <em>Count</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Count</em>'.
	 * @see io.crosstrace.model.Loss#getCount()
	 * @see #getLoss()
	 * @generated
	 */
	EAttribute getLoss_Count();

	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.Service <em>Service</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Service</em>'.
	 * @see io.crosstrace.model.Service
	 * @generated
	 */
	EClass getService();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Service#getName <em>Name</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Name</em>'.
	 * @see io.crosstrace.model.Service#getName()
	 * @see #getService()
	 * @generated
	 */
	EAttribute getService_Name();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Service#getCallsPerSecond <em>Calls Per Second</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Calls Per Second</em>'.
	 * @see io.crosstrace.model.Service#getCallsPerSecond()
	 * @see #getService()
	 * @generated
	 */
	EAttribute getService_CallsPerSecond();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Service#getP95Nanos <em>P95 Nanos</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>P95 Nanos</em>'.
	 * @see io.crosstrace.model.Service#getP95Nanos()
	 * @see #getService()
	 * @generated
	 */
	EAttribute getService_P95Nanos();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Service#getErrorRate <em>Error Rate</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Error Rate</em>'.
	 * @see io.crosstrace.model.Service#getErrorRate()
	 * @see #getService()
	 * @generated
	 */
	EAttribute getService_ErrorRate();

	/**
	 * Returns the meta object for the containment reference list '{@link io.crosstrace.model.Service#getOperations <em>Operations</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Operations</em>'.
	 * @see io.crosstrace.model.Service#getOperations()
	 * @see #getService()
	 * @generated
	 */
	EReference getService_Operations();

	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.Operation <em>Operation</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Operation</em>'.
	 * @see io.crosstrace.model.Operation
	 * @generated
	 */
	EClass getOperation();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Operation#getName <em>Name</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Name</em>'.
	 * @see io.crosstrace.model.Operation#getName()
	 * @see #getOperation()
	 * @generated
	 */
	EAttribute getOperation_Name();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Operation#getCallsPerSecond <em>Calls Per Second</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Calls Per Second</em>'.
	 * @see io.crosstrace.model.Operation#getCallsPerSecond()
	 * @see #getOperation()
	 * @generated
	 */
	EAttribute getOperation_CallsPerSecond();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Operation#getP95Nanos <em>P95 Nanos</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>P95 Nanos</em>'.
	 * @see io.crosstrace.model.Operation#getP95Nanos()
	 * @see #getOperation()
	 * @generated
	 */
	EAttribute getOperation_P95Nanos();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Operation#getErrorRate <em>Error Rate</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Error Rate</em>'.
	 * @see io.crosstrace.model.Operation#getErrorRate()
	 * @see #getOperation()
	 * @generated
	 */
	EAttribute getOperation_ErrorRate();

	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.Dependency <em>Dependency</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Dependency</em>'.
	 * @see io.crosstrace.model.Dependency
	 * @generated
	 */
	EClass getDependency();

	/**
	 * Returns the meta object for the reference '{@link io.crosstrace.model.Dependency#getFrom <em>From</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the reference '<em>From</em>'.
	 * @see io.crosstrace.model.Dependency#getFrom()
	 * @see #getDependency()
	 * @generated
	 */
	EReference getDependency_From();

	/**
	 * Returns the meta object for the reference '{@link io.crosstrace.model.Dependency#getTo <em>To</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the reference '<em>To</em>'.
	 * @see io.crosstrace.model.Dependency#getTo()
	 * @see #getDependency()
	 * @generated
	 */
	EReference getDependency_To();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Dependency#getCallsPerSecond <em>Calls Per Second</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Calls Per Second</em>'.
	 * @see io.crosstrace.model.Dependency#getCallsPerSecond()
	 * @see #getDependency()
	 * @generated
	 */
	EAttribute getDependency_CallsPerSecond();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Dependency#getP95Nanos <em>P95 Nanos</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>P95 Nanos</em>'.
	 * @see io.crosstrace.model.Dependency#getP95Nanos()
	 * @see #getDependency()
	 * @generated
	 */
	EAttribute getDependency_P95Nanos();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.Dependency#getErrorRate <em>Error Rate</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Error Rate</em>'.
	 * @see io.crosstrace.model.Dependency#getErrorRate()
	 * @see #getDependency()
	 * @generated
	 */
	EAttribute getDependency_ErrorRate();

	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.ChosenTrace <em>Chosen Trace</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Chosen Trace</em>'.
	 * @see io.crosstrace.model.ChosenTrace
	 * @generated
	 */
	EClass getChosenTrace();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenTrace#getId <em>Id</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Id</em>'.
	 * @see io.crosstrace.model.ChosenTrace#getId()
	 * @see #getChosenTrace()
	 * @generated
	 */
	EAttribute getChosenTrace_Id();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenTrace#getStartNanos <em>Start Nanos</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Start Nanos</em>'.
	 * @see io.crosstrace.model.ChosenTrace#getStartNanos()
	 * @see #getChosenTrace()
	 * @generated
	 */
	EAttribute getChosenTrace_StartNanos();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenTrace#getDurationNanos <em>Duration Nanos</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Duration Nanos</em>'.
	 * @see io.crosstrace.model.ChosenTrace#getDurationNanos()
	 * @see #getChosenTrace()
	 * @generated
	 */
	EAttribute getChosenTrace_DurationNanos();

	/**
	 * Returns the meta object for the containment reference list '{@link io.crosstrace.model.ChosenTrace#getRoots <em>Roots</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Roots</em>'.
	 * @see io.crosstrace.model.ChosenTrace#getRoots()
	 * @see #getChosenTrace()
	 * @generated
	 */
	EReference getChosenTrace_Roots();

	/**
	 * Returns the meta object for class '{@link io.crosstrace.model.ChosenSpan <em>Chosen Span</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Chosen Span</em>'.
	 * @see io.crosstrace.model.ChosenSpan
	 * @generated
	 */
	EClass getChosenSpan();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getId <em>Id</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Id</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getId()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_Id();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getService <em>Service</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Service</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getService()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_Service();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getOperation <em>Operation</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Operation</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getOperation()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_Operation();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getKind <em>Kind</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Kind</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getKind()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_Kind();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getStartNanos <em>Start Nanos</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Start Nanos</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getStartNanos()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_StartNanos();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getDurationNanos <em>Duration Nanos</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Duration Nanos</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getDurationNanos()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_DurationNanos();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#isError <em>Error</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Error</em>'.
	 * @see io.crosstrace.model.ChosenSpan#isError()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_Error();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getConfidence <em>Confidence</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Confidence</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getConfidence()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_Confidence();

	/**
	 * Returns the meta object for the attribute '{@link io.crosstrace.model.ChosenSpan#getRow <em>Row</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Row</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getRow()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EAttribute getChosenSpan_Row();

	/**
	 * Returns the meta object for the containment reference list '{@link io.crosstrace.model.ChosenSpan#getChildren <em>Children</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Children</em>'.
	 * @see io.crosstrace.model.ChosenSpan#getChildren()
	 * @see #getChosenSpan()
	 * @generated
	 */
	EReference getChosenSpan_Children();

	/**
	 * Returns the meta object for enum '{@link io.crosstrace.model.AgentState <em>Agent State</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for enum '<em>Agent State</em>'.
	 * @see io.crosstrace.model.AgentState
	 * @generated
	 */
	EEnum getAgentState();

	/**
	 * Returns the meta object for enum '{@link io.crosstrace.model.SpanKind <em>Span Kind</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for enum '<em>Span Kind</em>'.
	 * @see io.crosstrace.model.SpanKind
	 * @generated
	 */
	EEnum getSpanKind();

	/**
	 * Returns the factory that creates the instances of the model.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the factory that creates the instances of the model.
	 * @generated
	 */
	ModelFactory getModelFactory();

	/**
	 * <!-- begin-user-doc -->
	 * Defines literals for the meta objects that represent
	 * <ul>
	 *   <li>each class,</li>
	 *   <li>each feature of each class,</li>
	 *   <li>each enum,</li>
	 *   <li>and each data type</li>
	 * </ul>
	 * <!-- end-user-doc -->
	 * @generated
	 */
	interface Literals {
		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.SessionImpl <em>Session</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.SessionImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getSession()
		 * @generated
		 */
		EClass SESSION = eINSTANCE.getSession();

		/**
		 * The meta object literal for the '<em><b>Agents</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference SESSION__AGENTS = eINSTANCE.getSession_Agents();

		/**
		 * The meta object literal for the '<em><b>Services</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference SESSION__SERVICES = eINSTANCE.getSession_Services();

		/**
		 * The meta object literal for the '<em><b>Dependencies</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference SESSION__DEPENDENCIES = eINSTANCE.getSession_Dependencies();

		/**
		 * The meta object literal for the '<em><b>Trace</b></em>' containment reference feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference SESSION__TRACE = eINSTANCE.getSession_Trace();

		/**
		 * The meta object literal for the '<em><b>Paused</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute SESSION__PAUSED = eINSTANCE.getSession_Paused();

		/**
		 * The meta object literal for the '<em><b>Spans</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute SESSION__SPANS = eINSTANCE.getSession_Spans();

		/**
		 * The meta object literal for the '<em><b>Lost Spans</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute SESSION__LOST_SPANS = eINSTANCE.getSession_LostSpans();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.AgentImpl <em>Agent</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.AgentImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getAgent()
		 * @generated
		 */
		EClass AGENT = eINSTANCE.getAgent();

		/**
		 * The meta object literal for the '<em><b>Host</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute AGENT__HOST = eINSTANCE.getAgent_Host();

		/**
		 * The meta object literal for the '<em><b>Port</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute AGENT__PORT = eINSTANCE.getAgent_Port();

		/**
		 * The meta object literal for the '<em><b>Name</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute AGENT__NAME = eINSTANCE.getAgent_Name();

		/**
		 * The meta object literal for the '<em><b>State</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute AGENT__STATE = eINSTANCE.getAgent_State();

		/**
		 * The meta object literal for the '<em><b>Reason</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute AGENT__REASON = eINSTANCE.getAgent_Reason();

		/**
		 * The meta object literal for the '<em><b>Provider</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute AGENT__PROVIDER = eINSTANCE.getAgent_Provider();

		/**
		 * The meta object literal for the '<em><b>Spans Per Second</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute AGENT__SPANS_PER_SECOND = eINSTANCE.getAgent_SpansPerSecond();

		/**
		 * The meta object literal for the '<em><b>Losses</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference AGENT__LOSSES = eINSTANCE.getAgent_Losses();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.LossImpl <em>Loss</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.LossImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getLoss()
		 * @generated
		 */
		EClass LOSS = eINSTANCE.getLoss();

		/**
		 * The meta object literal for the '<em><b>Reason</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute LOSS__REASON = eINSTANCE.getLoss_Reason();

		/**
		 * The meta object literal for the '<em><b>Count</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute LOSS__COUNT = eINSTANCE.getLoss_Count();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.ServiceImpl <em>Service</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.ServiceImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getService()
		 * @generated
		 */
		EClass SERVICE = eINSTANCE.getService();

		/**
		 * The meta object literal for the '<em><b>Name</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute SERVICE__NAME = eINSTANCE.getService_Name();

		/**
		 * The meta object literal for the '<em><b>Calls Per Second</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute SERVICE__CALLS_PER_SECOND = eINSTANCE.getService_CallsPerSecond();

		/**
		 * The meta object literal for the '<em><b>P95 Nanos</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute SERVICE__P95_NANOS = eINSTANCE.getService_P95Nanos();

		/**
		 * The meta object literal for the '<em><b>Error Rate</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute SERVICE__ERROR_RATE = eINSTANCE.getService_ErrorRate();

		/**
		 * The meta object literal for the '<em><b>Operations</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference SERVICE__OPERATIONS = eINSTANCE.getService_Operations();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.OperationImpl <em>Operation</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.OperationImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getOperation()
		 * @generated
		 */
		EClass OPERATION = eINSTANCE.getOperation();

		/**
		 * The meta object literal for the '<em><b>Name</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute OPERATION__NAME = eINSTANCE.getOperation_Name();

		/**
		 * The meta object literal for the '<em><b>Calls Per Second</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute OPERATION__CALLS_PER_SECOND = eINSTANCE.getOperation_CallsPerSecond();

		/**
		 * The meta object literal for the '<em><b>P95 Nanos</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute OPERATION__P95_NANOS = eINSTANCE.getOperation_P95Nanos();

		/**
		 * The meta object literal for the '<em><b>Error Rate</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute OPERATION__ERROR_RATE = eINSTANCE.getOperation_ErrorRate();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.DependencyImpl <em>Dependency</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.DependencyImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getDependency()
		 * @generated
		 */
		EClass DEPENDENCY = eINSTANCE.getDependency();

		/**
		 * The meta object literal for the '<em><b>From</b></em>' reference feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference DEPENDENCY__FROM = eINSTANCE.getDependency_From();

		/**
		 * The meta object literal for the '<em><b>To</b></em>' reference feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference DEPENDENCY__TO = eINSTANCE.getDependency_To();

		/**
		 * The meta object literal for the '<em><b>Calls Per Second</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute DEPENDENCY__CALLS_PER_SECOND = eINSTANCE.getDependency_CallsPerSecond();

		/**
		 * The meta object literal for the '<em><b>P95 Nanos</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute DEPENDENCY__P95_NANOS = eINSTANCE.getDependency_P95Nanos();

		/**
		 * The meta object literal for the '<em><b>Error Rate</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute DEPENDENCY__ERROR_RATE = eINSTANCE.getDependency_ErrorRate();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.ChosenTraceImpl <em>Chosen Trace</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.ChosenTraceImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getChosenTrace()
		 * @generated
		 */
		EClass CHOSEN_TRACE = eINSTANCE.getChosenTrace();

		/**
		 * The meta object literal for the '<em><b>Id</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_TRACE__ID = eINSTANCE.getChosenTrace_Id();

		/**
		 * The meta object literal for the '<em><b>Start Nanos</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_TRACE__START_NANOS = eINSTANCE.getChosenTrace_StartNanos();

		/**
		 * The meta object literal for the '<em><b>Duration Nanos</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_TRACE__DURATION_NANOS = eINSTANCE.getChosenTrace_DurationNanos();

		/**
		 * The meta object literal for the '<em><b>Roots</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference CHOSEN_TRACE__ROOTS = eINSTANCE.getChosenTrace_Roots();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.impl.ChosenSpanImpl <em>Chosen Span</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.impl.ChosenSpanImpl
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getChosenSpan()
		 * @generated
		 */
		EClass CHOSEN_SPAN = eINSTANCE.getChosenSpan();

		/**
		 * The meta object literal for the '<em><b>Id</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__ID = eINSTANCE.getChosenSpan_Id();

		/**
		 * The meta object literal for the '<em><b>Service</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__SERVICE = eINSTANCE.getChosenSpan_Service();

		/**
		 * The meta object literal for the '<em><b>Operation</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__OPERATION = eINSTANCE.getChosenSpan_Operation();

		/**
		 * The meta object literal for the '<em><b>Kind</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__KIND = eINSTANCE.getChosenSpan_Kind();

		/**
		 * The meta object literal for the '<em><b>Start Nanos</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__START_NANOS = eINSTANCE.getChosenSpan_StartNanos();

		/**
		 * The meta object literal for the '<em><b>Duration Nanos</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__DURATION_NANOS = eINSTANCE.getChosenSpan_DurationNanos();

		/**
		 * The meta object literal for the '<em><b>Error</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__ERROR = eINSTANCE.getChosenSpan_Error();

		/**
		 * The meta object literal for the '<em><b>Confidence</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__CONFIDENCE = eINSTANCE.getChosenSpan_Confidence();

		/**
		 * The meta object literal for the '<em><b>Row</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute CHOSEN_SPAN__ROW = eINSTANCE.getChosenSpan_Row();

		/**
		 * The meta object literal for the '<em><b>Children</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference CHOSEN_SPAN__CHILDREN = eINSTANCE.getChosenSpan_Children();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.AgentState <em>Agent State</em>}' enum.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.AgentState
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getAgentState()
		 * @generated
		 */
		EEnum AGENT_STATE = eINSTANCE.getAgentState();

		/**
		 * The meta object literal for the '{@link io.crosstrace.model.SpanKind <em>Span Kind</em>}' enum.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see io.crosstrace.model.SpanKind
		 * @see io.crosstrace.model.impl.ModelPackageImpl#getSpanKind()
		 * @generated
		 */
		EEnum SPAN_KIND = eINSTANCE.getSpanKind();

	}

} //ModelPackage

/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model.impl;

import io.crosstrace.model.Agent;
import io.crosstrace.model.ChosenTrace;
import io.crosstrace.model.Dependency;
import io.crosstrace.model.ModelPackage;
import io.crosstrace.model.Service;
import io.crosstrace.model.Session;

import java.util.Collection;

import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.common.notify.NotificationChain;

import org.eclipse.emf.common.util.EList;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.InternalEObject;

import org.eclipse.emf.ecore.impl.ENotificationImpl;
import org.eclipse.emf.ecore.impl.EObjectImpl;

import org.eclipse.emf.ecore.util.EObjectContainmentEList;
import org.eclipse.emf.ecore.util.InternalEList;

/**
 * <!-- begin-user-doc -->
 * An implementation of the model object '<em><b>Session</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.impl.SessionImpl#getAgents <em>Agents</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.SessionImpl#getServices <em>Services</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.SessionImpl#getDependencies <em>Dependencies</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.SessionImpl#getTrace <em>Trace</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.SessionImpl#isPaused <em>Paused</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.SessionImpl#getSpans <em>Spans</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.SessionImpl#getLostSpans <em>Lost Spans</em>}</li>
 * </ul>
 *
 * @generated
 */
public class SessionImpl extends EObjectImpl implements Session {
	/**
	 * The cached value of the '{@link #getAgents() <em>Agents</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getAgents()
	 * @generated
	 * @ordered
	 */
	protected EList<Agent> agents;

	/**
	 * The cached value of the '{@link #getServices() <em>Services</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getServices()
	 * @generated
	 * @ordered
	 */
	protected EList<Service> services;

	/**
	 * The cached value of the '{@link #getDependencies() <em>Dependencies</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getDependencies()
	 * @generated
	 * @ordered
	 */
	protected EList<Dependency> dependencies;

	/**
	 * The cached value of the '{@link #getTrace() <em>Trace</em>}' containment reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getTrace()
	 * @generated
	 * @ordered
	 */
	protected ChosenTrace trace;

	/**
	 * The default value of the '{@link #isPaused() <em>Paused</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #isPaused()
	 * @generated
	 * @ordered
	 */
	protected static final boolean PAUSED_EDEFAULT = false;

	/**
	 * The cached value of the '{@link #isPaused() <em>Paused</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #isPaused()
	 * @generated
	 * @ordered
	 */
	protected boolean paused = PAUSED_EDEFAULT;

	/**
	 * The default value of the '{@link #getSpans() <em>Spans</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getSpans()
	 * @generated
	 * @ordered
	 */
	protected static final long SPANS_EDEFAULT = 0L;

	/**
	 * The cached value of the '{@link #getSpans() <em>Spans</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getSpans()
	 * @generated
	 * @ordered
	 */
	protected long spans = SPANS_EDEFAULT;

	/**
	 * The default value of the '{@link #getLostSpans() <em>Lost Spans</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getLostSpans()
	 * @generated
	 * @ordered
	 */
	protected static final long LOST_SPANS_EDEFAULT = 0L;

	/**
	 * The cached value of the '{@link #getLostSpans() <em>Lost Spans</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getLostSpans()
	 * @generated
	 * @ordered
	 */
	protected long lostSpans = LOST_SPANS_EDEFAULT;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	protected SessionImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return ModelPackage.Literals.SESSION;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<Agent> getAgents() {
		if (agents == null) {
			agents = new EObjectContainmentEList<Agent>(Agent.class, this, ModelPackage.SESSION__AGENTS);
		}
		return agents;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<Service> getServices() {
		if (services == null) {
			services = new EObjectContainmentEList<Service>(Service.class, this, ModelPackage.SESSION__SERVICES);
		}
		return services;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<Dependency> getDependencies() {
		if (dependencies == null) {
			dependencies = new EObjectContainmentEList<Dependency>(Dependency.class, this, ModelPackage.SESSION__DEPENDENCIES);
		}
		return dependencies;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public ChosenTrace getTrace() {
		return trace;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	public NotificationChain basicSetTrace(ChosenTrace newTrace, NotificationChain msgs) {
		ChosenTrace oldTrace = trace;
		trace = newTrace;
		if (eNotificationRequired()) {
			ENotificationImpl notification = new ENotificationImpl(this, Notification.SET, ModelPackage.SESSION__TRACE, oldTrace, newTrace);
			if (msgs == null) msgs = notification; else msgs.add(notification);
		}
		return msgs;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setTrace(ChosenTrace newTrace) {
		if (newTrace != trace) {
			NotificationChain msgs = null;
			if (trace != null)
				msgs = ((InternalEObject)trace).eInverseRemove(this, EOPPOSITE_FEATURE_BASE - ModelPackage.SESSION__TRACE, null, msgs);
			if (newTrace != null)
				msgs = ((InternalEObject)newTrace).eInverseAdd(this, EOPPOSITE_FEATURE_BASE - ModelPackage.SESSION__TRACE, null, msgs);
			msgs = basicSetTrace(newTrace, msgs);
			if (msgs != null) msgs.dispatch();
		}
		else if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.SESSION__TRACE, newTrace, newTrace));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public boolean isPaused() {
		return paused;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setPaused(boolean newPaused) {
		boolean oldPaused = paused;
		paused = newPaused;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.SESSION__PAUSED, oldPaused, paused));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public long getSpans() {
		return spans;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setSpans(long newSpans) {
		long oldSpans = spans;
		spans = newSpans;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.SESSION__SPANS, oldSpans, spans));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public long getLostSpans() {
		return lostSpans;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setLostSpans(long newLostSpans) {
		long oldLostSpans = lostSpans;
		lostSpans = newLostSpans;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.SESSION__LOST_SPANS, oldLostSpans, lostSpans));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public NotificationChain eInverseRemove(InternalEObject otherEnd, int featureID, NotificationChain msgs) {
		switch (featureID) {
			case ModelPackage.SESSION__AGENTS:
				return ((InternalEList<?>)getAgents()).basicRemove(otherEnd, msgs);
			case ModelPackage.SESSION__SERVICES:
				return ((InternalEList<?>)getServices()).basicRemove(otherEnd, msgs);
			case ModelPackage.SESSION__DEPENDENCIES:
				return ((InternalEList<?>)getDependencies()).basicRemove(otherEnd, msgs);
			case ModelPackage.SESSION__TRACE:
				return basicSetTrace(null, msgs);
		}
		return super.eInverseRemove(otherEnd, featureID, msgs);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public Object eGet(int featureID, boolean resolve, boolean coreType) {
		switch (featureID) {
			case ModelPackage.SESSION__AGENTS:
				return getAgents();
			case ModelPackage.SESSION__SERVICES:
				return getServices();
			case ModelPackage.SESSION__DEPENDENCIES:
				return getDependencies();
			case ModelPackage.SESSION__TRACE:
				return getTrace();
			case ModelPackage.SESSION__PAUSED:
				return isPaused();
			case ModelPackage.SESSION__SPANS:
				return getSpans();
			case ModelPackage.SESSION__LOST_SPANS:
				return getLostSpans();
		}
		return super.eGet(featureID, resolve, coreType);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@SuppressWarnings("unchecked")
	@Override
	public void eSet(int featureID, Object newValue) {
		switch (featureID) {
			case ModelPackage.SESSION__AGENTS:
				getAgents().clear();
				getAgents().addAll((Collection<? extends Agent>)newValue);
				return;
			case ModelPackage.SESSION__SERVICES:
				getServices().clear();
				getServices().addAll((Collection<? extends Service>)newValue);
				return;
			case ModelPackage.SESSION__DEPENDENCIES:
				getDependencies().clear();
				getDependencies().addAll((Collection<? extends Dependency>)newValue);
				return;
			case ModelPackage.SESSION__TRACE:
				setTrace((ChosenTrace)newValue);
				return;
			case ModelPackage.SESSION__PAUSED:
				setPaused((Boolean)newValue);
				return;
			case ModelPackage.SESSION__SPANS:
				setSpans((Long)newValue);
				return;
			case ModelPackage.SESSION__LOST_SPANS:
				setLostSpans((Long)newValue);
				return;
		}
		super.eSet(featureID, newValue);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void eUnset(int featureID) {
		switch (featureID) {
			case ModelPackage.SESSION__AGENTS:
				getAgents().clear();
				return;
			case ModelPackage.SESSION__SERVICES:
				getServices().clear();
				return;
			case ModelPackage.SESSION__DEPENDENCIES:
				getDependencies().clear();
				return;
			case ModelPackage.SESSION__TRACE:
				setTrace((ChosenTrace)null);
				return;
			case ModelPackage.SESSION__PAUSED:
				setPaused(PAUSED_EDEFAULT);
				return;
			case ModelPackage.SESSION__SPANS:
				setSpans(SPANS_EDEFAULT);
				return;
			case ModelPackage.SESSION__LOST_SPANS:
				setLostSpans(LOST_SPANS_EDEFAULT);
				return;
		}
		super.eUnset(featureID);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public boolean eIsSet(int featureID) {
		switch (featureID) {
			case ModelPackage.SESSION__AGENTS:
				return agents != null && !agents.isEmpty();
			case ModelPackage.SESSION__SERVICES:
				return services != null && !services.isEmpty();
			case ModelPackage.SESSION__DEPENDENCIES:
				return dependencies != null && !dependencies.isEmpty();
			case ModelPackage.SESSION__TRACE:
				return trace != null;
			case ModelPackage.SESSION__PAUSED:
				return paused != PAUSED_EDEFAULT;
			case ModelPackage.SESSION__SPANS:
				return spans != SPANS_EDEFAULT;
			case ModelPackage.SESSION__LOST_SPANS:
				return lostSpans != LOST_SPANS_EDEFAULT;
		}
		return super.eIsSet(featureID);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String toString() {
		if (eIsProxy()) return super.toString();

		StringBuilder result = new StringBuilder(super.toString());
		result.append(" (paused: ");
		result.append(paused);
		result.append(", spans: ");
		result.append(spans);
		result.append(", lostSpans: ");
		result.append(lostSpans);
		result.append(')');
		return result.toString();
	}

} //SessionImpl

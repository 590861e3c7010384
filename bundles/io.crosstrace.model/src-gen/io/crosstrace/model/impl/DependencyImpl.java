/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model.impl;

import io.crosstrace.model.Dependency;
import io.crosstrace.model.ModelPackage;
import io.crosstrace.model.Service;

import org.eclipse.emf.common.notify.Notification;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.InternalEObject;

import org.eclipse.emf.ecore.impl.ENotificationImpl;
import org.eclipse.emf.ecore.impl.EObjectImpl;

/**
 * <!-- begin-user-doc -->
 * An implementation of the model object '<em><b>Dependency</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.impl.DependencyImpl#getFrom <em>From</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.DependencyImpl#getTo <em>To</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.DependencyImpl#getCallsPerSecond <em>Calls Per Second</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.DependencyImpl#getP95Nanos <em>P95 Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.DependencyImpl#getErrorRate <em>Error Rate</em>}</li>
 * </ul>
 *
 * @generated
 */
public class DependencyImpl extends EObjectImpl implements Dependency {
	/**
	 * The cached value of the '{@link #getFrom() <em>From</em>}' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getFrom()
	 * @generated
	 * @ordered
	 */
	protected Service from;

	/**
	 * The cached value of the '{@link #getTo() <em>To</em>}' reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getTo()
	 * @generated
	 * @ordered
	 */
	protected Service to;

	/**
	 * The default value of the '{@link #getCallsPerSecond() <em>Calls Per Second</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getCallsPerSecond()
	 * @generated
	 * @ordered
	 */
	protected static final double CALLS_PER_SECOND_EDEFAULT = 0.0;

	/**
	 * The cached value of the '{@link #getCallsPerSecond() <em>Calls Per Second</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getCallsPerSecond()
	 * @generated
	 * @ordered
	 */
	protected double callsPerSecond = CALLS_PER_SECOND_EDEFAULT;

	/**
	 * The default value of the '{@link #getP95Nanos() <em>P95 Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getP95Nanos()
	 * @generated
	 * @ordered
	 */
	protected static final long P95_NANOS_EDEFAULT = 0L;

	/**
	 * The cached value of the '{@link #getP95Nanos() <em>P95 Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getP95Nanos()
	 * @generated
	 * @ordered
	 */
	protected long p95Nanos = P95_NANOS_EDEFAULT;

	/**
	 * The default value of the '{@link #getErrorRate() <em>Error Rate</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getErrorRate()
	 * @generated
	 * @ordered
	 */
	protected static final double ERROR_RATE_EDEFAULT = 0.0;

	/**
	 * The cached value of the '{@link #getErrorRate() <em>Error Rate</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getErrorRate()
	 * @generated
	 * @ordered
	 */
	protected double errorRate = ERROR_RATE_EDEFAULT;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	protected DependencyImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return ModelPackage.Literals.DEPENDENCY;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public Service getFrom() {
		if (from != null && from.eIsProxy()) {
			InternalEObject oldFrom = (InternalEObject)from;
			from = (Service)eResolveProxy(oldFrom);
			if (from != oldFrom) {
				if (eNotificationRequired())
					eNotify(new ENotificationImpl(this, Notification.RESOLVE, ModelPackage.DEPENDENCY__FROM, oldFrom, from));
			}
		}
		return from;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	public Service basicGetFrom() {
		return from;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setFrom(Service newFrom) {
		Service oldFrom = from;
		from = newFrom;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.DEPENDENCY__FROM, oldFrom, from));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public Service getTo() {
		if (to != null && to.eIsProxy()) {
			InternalEObject oldTo = (InternalEObject)to;
			to = (Service)eResolveProxy(oldTo);
			if (to != oldTo) {
				if (eNotificationRequired())
					eNotify(new ENotificationImpl(this, Notification.RESOLVE, ModelPackage.DEPENDENCY__TO, oldTo, to));
			}
		}
		return to;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	public Service basicGetTo() {
		return to;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setTo(Service newTo) {
		Service oldTo = to;
		to = newTo;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.DEPENDENCY__TO, oldTo, to));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public double getCallsPerSecond() {
		return callsPerSecond;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setCallsPerSecond(double newCallsPerSecond) {
		double oldCallsPerSecond = callsPerSecond;
		callsPerSecond = newCallsPerSecond;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.DEPENDENCY__CALLS_PER_SECOND, oldCallsPerSecond, callsPerSecond));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public long getP95Nanos() {
		return p95Nanos;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setP95Nanos(long newP95Nanos) {
		long oldP95Nanos = p95Nanos;
		p95Nanos = newP95Nanos;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.DEPENDENCY__P95_NANOS, oldP95Nanos, p95Nanos));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public double getErrorRate() {
		return errorRate;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setErrorRate(double newErrorRate) {
		double oldErrorRate = errorRate;
		errorRate = newErrorRate;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.DEPENDENCY__ERROR_RATE, oldErrorRate, errorRate));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public Object eGet(int featureID, boolean resolve, boolean coreType) {
		switch (featureID) {
			case ModelPackage.DEPENDENCY__FROM:
				if (resolve) return getFrom();
				return basicGetFrom();
			case ModelPackage.DEPENDENCY__TO:
				if (resolve) return getTo();
				return basicGetTo();
			case ModelPackage.DEPENDENCY__CALLS_PER_SECOND:
				return getCallsPerSecond();
			case ModelPackage.DEPENDENCY__P95_NANOS:
				return getP95Nanos();
			case ModelPackage.DEPENDENCY__ERROR_RATE:
				return getErrorRate();
		}
		return super.eGet(featureID, resolve, coreType);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void eSet(int featureID, Object newValue) {
		switch (featureID) {
			case ModelPackage.DEPENDENCY__FROM:
				setFrom((Service)newValue);
				return;
			case ModelPackage.DEPENDENCY__TO:
				setTo((Service)newValue);
				return;
			case ModelPackage.DEPENDENCY__CALLS_PER_SECOND:
				setCallsPerSecond((Double)newValue);
				return;
			case ModelPackage.DEPENDENCY__P95_NANOS:
				setP95Nanos((Long)newValue);
				return;
			case ModelPackage.DEPENDENCY__ERROR_RATE:
				setErrorRate((Double)newValue);
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
			case ModelPackage.DEPENDENCY__FROM:
				setFrom((Service)null);
				return;
			case ModelPackage.DEPENDENCY__TO:
				setTo((Service)null);
				return;
			case ModelPackage.DEPENDENCY__CALLS_PER_SECOND:
				setCallsPerSecond(CALLS_PER_SECOND_EDEFAULT);
				return;
			case ModelPackage.DEPENDENCY__P95_NANOS:
				setP95Nanos(P95_NANOS_EDEFAULT);
				return;
			case ModelPackage.DEPENDENCY__ERROR_RATE:
				setErrorRate(ERROR_RATE_EDEFAULT);
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
			case ModelPackage.DEPENDENCY__FROM:
				return from != null;
			case ModelPackage.DEPENDENCY__TO:
				return to != null;
			case ModelPackage.DEPENDENCY__CALLS_PER_SECOND:
				return callsPerSecond != CALLS_PER_SECOND_EDEFAULT;
			case ModelPackage.DEPENDENCY__P95_NANOS:
				return p95Nanos != P95_NANOS_EDEFAULT;
			case ModelPackage.DEPENDENCY__ERROR_RATE:
				return errorRate != ERROR_RATE_EDEFAULT;
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
		result.append(" (callsPerSecond: ");
		result.append(callsPerSecond);
		result.append(", p95Nanos: ");
		result.append(p95Nanos);
		result.append(", errorRate: ");
		result.append(errorRate);
		result.append(')');
		return result.toString();
	}

} //DependencyImpl

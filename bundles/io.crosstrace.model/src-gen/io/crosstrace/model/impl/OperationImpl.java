/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model.impl;

import io.crosstrace.model.ModelPackage;
import io.crosstrace.model.Operation;

import org.eclipse.emf.common.notify.Notification;

import org.eclipse.emf.ecore.EClass;

import org.eclipse.emf.ecore.impl.ENotificationImpl;
import org.eclipse.emf.ecore.impl.EObjectImpl;

/**
 * <!-- begin-user-doc -->
 * An implementation of the model object '<em><b>Operation</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.impl.OperationImpl#getName <em>Name</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.OperationImpl#getCallsPerSecond <em>Calls Per Second</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.OperationImpl#getP95Nanos <em>P95 Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.OperationImpl#getErrorRate <em>Error Rate</em>}</li>
 * </ul>
 *
 * @generated
 */
public class OperationImpl extends EObjectImpl implements Operation {
	/**
	 * The default value of the '{@link #getName() <em>Name</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getName()
	 * @generated
	 * @ordered
	 */
	protected static final String NAME_EDEFAULT = null;

	/**
	 * The cached value of the '{@link #getName() <em>Name</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getName()
	 * @generated
	 * @ordered
	 */
	protected String name = NAME_EDEFAULT;

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
	protected OperationImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return ModelPackage.Literals.OPERATION;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getName() {
		return name;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setName(String newName) {
		String oldName = name;
		name = newName;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.OPERATION__NAME, oldName, name));
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
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.OPERATION__CALLS_PER_SECOND, oldCallsPerSecond, callsPerSecond));
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
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.OPERATION__P95_NANOS, oldP95Nanos, p95Nanos));
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
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.OPERATION__ERROR_RATE, oldErrorRate, errorRate));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public Object eGet(int featureID, boolean resolve, boolean coreType) {
		switch (featureID) {
			case ModelPackage.OPERATION__NAME:
				return getName();
			case ModelPackage.OPERATION__CALLS_PER_SECOND:
				return getCallsPerSecond();
			case ModelPackage.OPERATION__P95_NANOS:
				return getP95Nanos();
			case ModelPackage.OPERATION__ERROR_RATE:
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
			case ModelPackage.OPERATION__NAME:
				setName((String)newValue);
				return;
			case ModelPackage.OPERATION__CALLS_PER_SECOND:
				setCallsPerSecond((Double)newValue);
				return;
			case ModelPackage.OPERATION__P95_NANOS:
				setP95Nanos((Long)newValue);
				return;
			case ModelPackage.OPERATION__ERROR_RATE:
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
			case ModelPackage.OPERATION__NAME:
				setName(NAME_EDEFAULT);
				return;
			case ModelPackage.OPERATION__CALLS_PER_SECOND:
				setCallsPerSecond(CALLS_PER_SECOND_EDEFAULT);
				return;
			case ModelPackage.OPERATION__P95_NANOS:
				setP95Nanos(P95_NANOS_EDEFAULT);
				return;
			case ModelPackage.OPERATION__ERROR_RATE:
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
			case ModelPackage.OPERATION__NAME:
				return NAME_EDEFAULT == null ? name != null : !NAME_EDEFAULT.equals(name);
			case ModelPackage.OPERATION__CALLS_PER_SECOND:
				return callsPerSecond != CALLS_PER_SECOND_EDEFAULT;
			case ModelPackage.OPERATION__P95_NANOS:
				return p95Nanos != P95_NANOS_EDEFAULT;
			case ModelPackage.OPERATION__ERROR_RATE:
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
		result.append(" (name: ");
		result.append(name);
		result.append(", callsPerSecond: ");
		result.append(callsPerSecond);
		result.append(", p95Nanos: ");
		result.append(p95Nanos);
		result.append(", errorRate: ");
		result.append(errorRate);
		result.append(')');
		return result.toString();
	}

} //OperationImpl

/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model.impl;

import io.crosstrace.model.ChosenSpan;
import io.crosstrace.model.ChosenTrace;
import io.crosstrace.model.ModelPackage;

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
 * An implementation of the model object '<em><b>Chosen Trace</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.impl.ChosenTraceImpl#getId <em>Id</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenTraceImpl#getStartNanos <em>Start Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenTraceImpl#getDurationNanos <em>Duration Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenTraceImpl#getRoots <em>Roots</em>}</li>
 * </ul>
 *
 * @generated
 */
public class ChosenTraceImpl extends EObjectImpl implements ChosenTrace {
	/**
	 * The default value of the '{@link #getId() <em>Id</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getId()
	 * @generated
	 * @ordered
	 */
	protected static final String ID_EDEFAULT = null;

	/**
	 * The cached value of the '{@link #getId() <em>Id</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getId()
	 * @generated
	 * @ordered
	 */
	protected String id = ID_EDEFAULT;

	/**
	 * The default value of the '{@link #getStartNanos() <em>Start Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getStartNanos()
	 * @generated
	 * @ordered
	 */
	protected static final long START_NANOS_EDEFAULT = 0L;

	/**
	 * The cached value of the '{@link #getStartNanos() <em>Start Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getStartNanos()
	 * @generated
	 * @ordered
	 */
	protected long startNanos = START_NANOS_EDEFAULT;

	/**
	 * The default value of the '{@link #getDurationNanos() <em>Duration Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getDurationNanos()
	 * @generated
	 * @ordered
	 */
	protected static final long DURATION_NANOS_EDEFAULT = 0L;

	/**
	 * The cached value of the '{@link #getDurationNanos() <em>Duration Nanos</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getDurationNanos()
	 * @generated
	 * @ordered
	 */
	protected long durationNanos = DURATION_NANOS_EDEFAULT;

	/**
	 * The cached value of the '{@link #getRoots() <em>Roots</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getRoots()
	 * @generated
	 * @ordered
	 */
	protected EList<ChosenSpan> roots;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	protected ChosenTraceImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return ModelPackage.Literals.CHOSEN_TRACE;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getId() {
		return id;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setId(String newId) {
		String oldId = id;
		id = newId;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_TRACE__ID, oldId, id));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public long getStartNanos() {
		return startNanos;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setStartNanos(long newStartNanos) {
		long oldStartNanos = startNanos;
		startNanos = newStartNanos;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_TRACE__START_NANOS, oldStartNanos, startNanos));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public long getDurationNanos() {
		return durationNanos;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setDurationNanos(long newDurationNanos) {
		long oldDurationNanos = durationNanos;
		durationNanos = newDurationNanos;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_TRACE__DURATION_NANOS, oldDurationNanos, durationNanos));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<ChosenSpan> getRoots() {
		if (roots == null) {
			roots = new EObjectContainmentEList<ChosenSpan>(ChosenSpan.class, this, ModelPackage.CHOSEN_TRACE__ROOTS);
		}
		return roots;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public NotificationChain eInverseRemove(InternalEObject otherEnd, int featureID, NotificationChain msgs) {
		switch (featureID) {
			case ModelPackage.CHOSEN_TRACE__ROOTS:
				return ((InternalEList<?>)getRoots()).basicRemove(otherEnd, msgs);
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
			case ModelPackage.CHOSEN_TRACE__ID:
				return getId();
			case ModelPackage.CHOSEN_TRACE__START_NANOS:
				return getStartNanos();
			case ModelPackage.CHOSEN_TRACE__DURATION_NANOS:
				return getDurationNanos();
			case ModelPackage.CHOSEN_TRACE__ROOTS:
				return getRoots();
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
			case ModelPackage.CHOSEN_TRACE__ID:
				setId((String)newValue);
				return;
			case ModelPackage.CHOSEN_TRACE__START_NANOS:
				setStartNanos((Long)newValue);
				return;
			case ModelPackage.CHOSEN_TRACE__DURATION_NANOS:
				setDurationNanos((Long)newValue);
				return;
			case ModelPackage.CHOSEN_TRACE__ROOTS:
				getRoots().clear();
				getRoots().addAll((Collection<? extends ChosenSpan>)newValue);
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
			case ModelPackage.CHOSEN_TRACE__ID:
				setId(ID_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_TRACE__START_NANOS:
				setStartNanos(START_NANOS_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_TRACE__DURATION_NANOS:
				setDurationNanos(DURATION_NANOS_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_TRACE__ROOTS:
				getRoots().clear();
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
			case ModelPackage.CHOSEN_TRACE__ID:
				return ID_EDEFAULT == null ? id != null : !ID_EDEFAULT.equals(id);
			case ModelPackage.CHOSEN_TRACE__START_NANOS:
				return startNanos != START_NANOS_EDEFAULT;
			case ModelPackage.CHOSEN_TRACE__DURATION_NANOS:
				return durationNanos != DURATION_NANOS_EDEFAULT;
			case ModelPackage.CHOSEN_TRACE__ROOTS:
				return roots != null && !roots.isEmpty();
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
		result.append(" (id: ");
		result.append(id);
		result.append(", startNanos: ");
		result.append(startNanos);
		result.append(", durationNanos: ");
		result.append(durationNanos);
		result.append(')');
		return result.toString();
	}

} //ChosenTraceImpl

/**
 * SPDX-License-Identifier: EPL-2.0
 */
package io.crosstrace.model.impl;

import io.crosstrace.model.ChosenSpan;
import io.crosstrace.model.ModelPackage;
import io.crosstrace.model.SpanKind;

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
 * An implementation of the model object '<em><b>Chosen Span</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getId <em>Id</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getService <em>Service</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getOperation <em>Operation</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getKind <em>Kind</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getStartNanos <em>Start Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getDurationNanos <em>Duration Nanos</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#isError <em>Error</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getConfidence <em>Confidence</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getRow <em>Row</em>}</li>
 *   <li>{@link io.crosstrace.model.impl.ChosenSpanImpl#getChildren <em>Children</em>}</li>
 * </ul>
 *
 * @generated
 */
public class ChosenSpanImpl extends EObjectImpl implements ChosenSpan {
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
	 * The default value of the '{@link #getService() <em>Service</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getService()
	 * @generated
	 * @ordered
	 */
	protected static final String SERVICE_EDEFAULT = null;

	/**
	 * The cached value of the '{@link #getService() <em>Service</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getService()
	 * @generated
	 * @ordered
	 */
	protected String service = SERVICE_EDEFAULT;

	/**
	 * The default value of the '{@link #getOperation() <em>Operation</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getOperation()
	 * @generated
	 * @ordered
	 */
	protected static final String OPERATION_EDEFAULT = null;

	/**
	 * The cached value of the '{@link #getOperation() <em>Operation</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getOperation()
	 * @generated
	 * @ordered
	 */
	protected String operation = OPERATION_EDEFAULT;

	/**
	 * The default value of the '{@link #getKind() <em>Kind</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getKind()
	 * @generated
	 * @ordered
	 */
	protected static final SpanKind KIND_EDEFAULT = SpanKind.INTERNAL;

	/**
	 * The cached value of the '{@link #getKind() <em>Kind</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getKind()
	 * @generated
	 * @ordered
	 */
	protected SpanKind kind = KIND_EDEFAULT;

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
	 * The default value of the '{@link #isError() <em>Error</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #isError()
	 * @generated
	 * @ordered
	 */
	protected static final boolean ERROR_EDEFAULT = false;

	/**
	 * The cached value of the '{@link #isError() <em>Error</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #isError()
	 * @generated
	 * @ordered
	 */
	protected boolean error = ERROR_EDEFAULT;

	/**
	 * The default value of the '{@link #getConfidence() <em>Confidence</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getConfidence()
	 * @generated
	 * @ordered
	 */
	protected static final double CONFIDENCE_EDEFAULT = 0.0;

	/**
	 * The cached value of the '{@link #getConfidence() <em>Confidence</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getConfidence()
	 * @generated
	 * @ordered
	 */
	protected double confidence = CONFIDENCE_EDEFAULT;

	/**
	 * The default value of the '{@link #getRow() <em>Row</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getRow()
	 * @generated
	 * @ordered
	 */
	protected static final int ROW_EDEFAULT = 0;

	/**
	 * The cached value of the '{@link #getRow() <em>Row</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getRow()
	 * @generated
	 * @ordered
	 */
	protected int row = ROW_EDEFAULT;

	/**
	 * The cached value of the '{@link #getChildren() <em>Children</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getChildren()
	 * @generated
	 * @ordered
	 */
	protected EList<ChosenSpan> children;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	protected ChosenSpanImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return ModelPackage.Literals.CHOSEN_SPAN;
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
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__ID, oldId, id));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getService() {
		return service;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setService(String newService) {
		String oldService = service;
		service = newService;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__SERVICE, oldService, service));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getOperation() {
		return operation;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setOperation(String newOperation) {
		String oldOperation = operation;
		operation = newOperation;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__OPERATION, oldOperation, operation));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public SpanKind getKind() {
		return kind;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setKind(SpanKind newKind) {
		SpanKind oldKind = kind;
		kind = newKind == null ? KIND_EDEFAULT : newKind;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__KIND, oldKind, kind));
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
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__START_NANOS, oldStartNanos, startNanos));
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
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__DURATION_NANOS, oldDurationNanos, durationNanos));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public boolean isError() {
		return error;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setError(boolean newError) {
		boolean oldError = error;
		error = newError;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__ERROR, oldError, error));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public double getConfidence() {
		return confidence;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setConfidence(double newConfidence) {
		double oldConfidence = confidence;
		confidence = newConfidence;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__CONFIDENCE, oldConfidence, confidence));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public int getRow() {
		return row;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setRow(int newRow) {
		int oldRow = row;
		row = newRow;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, ModelPackage.CHOSEN_SPAN__ROW, oldRow, row));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<ChosenSpan> getChildren() {
		if (children == null) {
			children = new EObjectContainmentEList<ChosenSpan>(ChosenSpan.class, this, ModelPackage.CHOSEN_SPAN__CHILDREN);
		}
		return children;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public NotificationChain eInverseRemove(InternalEObject otherEnd, int featureID, NotificationChain msgs) {
		switch (featureID) {
			case ModelPackage.CHOSEN_SPAN__CHILDREN:
				return ((InternalEList<?>)getChildren()).basicRemove(otherEnd, msgs);
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
			case ModelPackage.CHOSEN_SPAN__ID:
				return getId();
			case ModelPackage.CHOSEN_SPAN__SERVICE:
				return getService();
			case ModelPackage.CHOSEN_SPAN__OPERATION:
				return getOperation();
			case ModelPackage.CHOSEN_SPAN__KIND:
				return getKind();
			case ModelPackage.CHOSEN_SPAN__START_NANOS:
				return getStartNanos();
			case ModelPackage.CHOSEN_SPAN__DURATION_NANOS:
				return getDurationNanos();
			case ModelPackage.CHOSEN_SPAN__ERROR:
				return isError();
			case ModelPackage.CHOSEN_SPAN__CONFIDENCE:
				return getConfidence();
			case ModelPackage.CHOSEN_SPAN__ROW:
				return getRow();
			case ModelPackage.CHOSEN_SPAN__CHILDREN:
				return getChildren();
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
			case ModelPackage.CHOSEN_SPAN__ID:
				setId((String)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__SERVICE:
				setService((String)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__OPERATION:
				setOperation((String)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__KIND:
				setKind((SpanKind)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__START_NANOS:
				setStartNanos((Long)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__DURATION_NANOS:
				setDurationNanos((Long)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__ERROR:
				setError((Boolean)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__CONFIDENCE:
				setConfidence((Double)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__ROW:
				setRow((Integer)newValue);
				return;
			case ModelPackage.CHOSEN_SPAN__CHILDREN:
				getChildren().clear();
				getChildren().addAll((Collection<? extends ChosenSpan>)newValue);
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
			case ModelPackage.CHOSEN_SPAN__ID:
				setId(ID_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__SERVICE:
				setService(SERVICE_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__OPERATION:
				setOperation(OPERATION_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__KIND:
				setKind(KIND_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__START_NANOS:
				setStartNanos(START_NANOS_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__DURATION_NANOS:
				setDurationNanos(DURATION_NANOS_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__ERROR:
				setError(ERROR_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__CONFIDENCE:
				setConfidence(CONFIDENCE_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__ROW:
				setRow(ROW_EDEFAULT);
				return;
			case ModelPackage.CHOSEN_SPAN__CHILDREN:
				getChildren().clear();
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
			case ModelPackage.CHOSEN_SPAN__ID:
				return ID_EDEFAULT == null ? id != null : !ID_EDEFAULT.equals(id);
			case ModelPackage.CHOSEN_SPAN__SERVICE:
				return SERVICE_EDEFAULT == null ? service != null : !SERVICE_EDEFAULT.equals(service);
			case ModelPackage.CHOSEN_SPAN__OPERATION:
				return OPERATION_EDEFAULT == null ? operation != null : !OPERATION_EDEFAULT.equals(operation);
			case ModelPackage.CHOSEN_SPAN__KIND:
				return kind != KIND_EDEFAULT;
			case ModelPackage.CHOSEN_SPAN__START_NANOS:
				return startNanos != START_NANOS_EDEFAULT;
			case ModelPackage.CHOSEN_SPAN__DURATION_NANOS:
				return durationNanos != DURATION_NANOS_EDEFAULT;
			case ModelPackage.CHOSEN_SPAN__ERROR:
				return error != ERROR_EDEFAULT;
			case ModelPackage.CHOSEN_SPAN__CONFIDENCE:
				return confidence != CONFIDENCE_EDEFAULT;
			case ModelPackage.CHOSEN_SPAN__ROW:
				return row != ROW_EDEFAULT;
			case ModelPackage.CHOSEN_SPAN__CHILDREN:
				return children != null && !children.isEmpty();
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
		result.append(", service: ");
		result.append(service);
		result.append(", operation: ");
		result.append(operation);
		result.append(", kind: ");
		result.append(kind);
		result.append(", startNanos: ");
		result.append(startNanos);
		result.append(", durationNanos: ");
		result.append(durationNanos);
		result.append(", error: ");
		result.append(error);
		result.append(", confidence: ");
		result.append(confidence);
		result.append(", row: ");
		result.append(row);
		result.append(')');
		return result.toString();
	}

} //ChosenSpanImpl

package io.crosstrace.core.protocol;

import io.crosstrace.core.span.Dictionary;

/** Ids of the attribute names that several protocols use; OpenTelemetry's semantic conventions 1.44. */
public final class Semconv {
	public final int errorType;
	public final int clientAddress;
	public final int serverAddress;
	public final int serverPort;
	public final int networkProtocolVersion;
	public final int dbSystemName;
	public final int dbNamespace;
	public final int dbCollectionName;
	public final int dbOperationName;
	public final int dbOperationBatchSize;
	public final int dbQuerySummary;
	public final int dbQueryText;
	public final int dbResponseStatusCode;
	public final int messagingSystem;
	public final int messagingOperationName;
	public final int messagingOperationType;
	public final int messagingDestinationName;
	public final int messagingBatchMessageCount;
	public final int rpcSystemName;
	public final int rpcMethod;
	public final int rpcResponseStatusCode;

	Semconv(Dictionary names) {
		errorType = names.id("error.type");
		clientAddress = names.id("client.address");
		serverAddress = names.id("server.address");
		serverPort = names.id("server.port");
		networkProtocolVersion = names.id("network.protocol.version");
		dbSystemName = names.id("db.system.name");
		dbNamespace = names.id("db.namespace");
		dbCollectionName = names.id("db.collection.name");
		dbOperationName = names.id("db.operation.name");
		dbOperationBatchSize = names.id("db.operation.batch.size");
		dbQuerySummary = names.id("db.query.summary");
		dbQueryText = names.id("db.query.text");
		dbResponseStatusCode = names.id("db.response.status_code");
		messagingSystem = names.id("messaging.system");
		messagingOperationName = names.id("messaging.operation.name");
		messagingOperationType = names.id("messaging.operation.type");
		messagingDestinationName = names.id("messaging.destination.name");
		messagingBatchMessageCount = names.id("messaging.batch.message_count");
		rpcSystemName = names.id("rpc.system.name");
		rpcMethod = names.id("rpc.method");
		rpcResponseStatusCode = names.id("rpc.response.status_code");
	}
}

package io.crosstrace.core.protocol;

import java.util.List;

class CassandraRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "cassandra";
	}

	@Override
	List<String> secrets() {
		return List.of("the secret customer", "the secret name", "the secret reason", "4711");
	}
}

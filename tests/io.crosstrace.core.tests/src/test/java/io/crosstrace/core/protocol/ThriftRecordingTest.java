package io.crosstrace.core.protocol;

import java.util.List;

class ThriftRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "thrift";
	}

	@Override
	List<String> secrets() {
		return List.of("the secret apple");
	}
}

package io.crosstrace.core.protocol;

import java.util.List;

class KafkaRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "kafka";
	}

	@Override
	List<String> secrets() {
		return List.of("value 1");
	}
}

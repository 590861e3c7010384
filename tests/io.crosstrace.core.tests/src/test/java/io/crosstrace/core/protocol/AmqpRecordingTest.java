package io.crosstrace.core.protocol;

import java.util.List;

class AmqpRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "amqp";
	}

	@Override
	List<String> secrets() {
		return List.of("the secret body", "guest", "text/plain");
	}
}

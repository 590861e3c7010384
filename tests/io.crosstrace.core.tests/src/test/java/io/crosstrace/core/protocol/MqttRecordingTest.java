package io.crosstrace.core.protocol;

import java.util.List;

class MqttRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "mqtt";
	}

	@Override
	List<String> secrets() {
		return List.of("the-user", "the-secret-password", "secret 1");
	}
}

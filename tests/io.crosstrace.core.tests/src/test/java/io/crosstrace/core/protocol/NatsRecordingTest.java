package io.crosstrace.core.protocol;

import java.util.List;

class NatsRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "nats";
	}

	@Override
	List<String> secrets() {
		return List.of("the-user", "the-secret", "secret answer");
	}
}

package io.crosstrace.core.protocol;

import java.util.List;

class MemcachedRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "memcached";
	}

	@Override
	List<String> secrets() {
		return List.of("secret-key", "secret value", "missing");
	}
}

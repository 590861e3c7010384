package io.crosstrace.core.protocol;

import java.util.List;

class DubboRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "dubbo";
	}

	@Override
	List<String> secrets() {
		return List.of("the secret apple", "no pear");
	}
}

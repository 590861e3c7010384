package io.crosstrace.core.protocol;

import java.util.List;

class MongoDbRecordingTest extends RecordingContract {
	@Override
	String recording() {
		return "mongodb";
	}

	@Override
	List<String> secrets() {
		return List.of("the secret customer");
	}
}

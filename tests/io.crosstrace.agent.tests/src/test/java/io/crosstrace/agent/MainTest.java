package io.crosstrace.agent;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
	@Test
	void everyDefault_isUnderstood() {
		assertDoesNotThrow(() -> Main.commandLine().parseArgs("run"));
		assertDoesNotThrow(() -> Main.commandLine().parseArgs("check"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "51028", "0xc754" })
	void numbers_mayBeHexadecimal(String number) {
		var run = Main.commandLine().parseArgs("run", "--option-exid", number).subcommand().commandSpec();
		assertEquals(0xc754, run.findOption("--option-exid").<Integer>getValue());
	}
}

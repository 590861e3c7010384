package io.crosstrace.agent.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {
	@ParameterizedTest
	@CsvSource({ "6.1.0-45-cloud-amd64, amd64, false", "6.10.11, amd64, false", "6.11.0-29-generic, amd64, true",
			"6.12.9, amd64, true", "6.12.14, amd64, false", "6.12.57+deb12-cloud-amd64, amd64, false", "6.13, amd64, true",
			"6.13.3, amd64, false", "6.14.0, amd64, false", "6.18.44-fc-v669, amd64, false", "7.11.0, amd64, false",
			"6.11.0, aarch64, false" })
	void kernelsThatKillSandboxedProcesses_areKnown(String kernel, String architecture, boolean kills) {
		assertEquals(kills, Host.returnProbesKill(kernel, architecture));
	}
}

package io.crosstrace.agent.bpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
	@Test
	void networks_areReadAsPeopleWriteThem() throws Exception {
		List<Network> list = Network.list("10.0.0.0/8, fd00::/8,192.0.2.7,::ffff:192.0.2.0/120");
		assertEquals(List.of(104, 8, 128, 120), list.stream().map(Network::prefix).toList());
		assertArrayEquals(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 0 }, list.get(0).address());
		assertArrayEquals(InetAddress.getByName("fd00::").getAddress(), list.get(1).address());
		assertArrayEquals(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 0 }, list.get(3).address());
		assertEquals(9, Network.list(Propagation.PRIVATE).size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/33", "10.0.0", "localhost", "fd00::/129", "fd00::/-1", "1.2.3.4/x", "1.2.3.400", "/8", ":" })
	void whatIsNoNetwork_isRefusedWithItsText(String text) {
		String said = assertThrows(IllegalArgumentException.class, () -> Network.list(text)).getMessage();
		assertTrue(said.contains("'" + text + "'") && said.contains("write it like"), said);
	}
}

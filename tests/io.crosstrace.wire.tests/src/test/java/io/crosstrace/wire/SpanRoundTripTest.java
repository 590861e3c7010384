package io.crosstrace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.IntColumn;
import io.crosstrace.core.span.LongColumn;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.RandomSpans;
import io.crosstrace.wire.proto.SpanBatch;
import java.lang.reflect.Field;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes into a batch comes out of it. */
class SpanRoundTripTest {
	private final SpanEncoder encoder = new SpanEncoder();

	@Test
	void everyColumn_arrivesAsItWasSent() throws Exception {
		long seed = System.nanoTime();
		System.out.println("SpanRoundTripTest seed " + seed);
		Random random = new Random(seed);
		Dictionary agentNames = new Dictionary(10_000);
		Dictionary clientNames = new Dictionary(10_000);
		clientNames.id("a name the agent does not have, so that ids differ");
		for (int round = 0; round < 200; round++) {
			SpanTable sent = RandomSpans.table(random, agentNames, random.nextInt(40));
			int from = random.nextInt(sent.size() + 1);
			int to = from + random.nextInt(sent.size() - from + 1);
			SpanBatch batch = SpanBatch.parseFrom(encoder.encode(sent, from, to, 17, 0).toByteArray());
			SpanTable received = SpanDecoder.decode(batch, clientNames);
			assertEquals(to - from, received.size());
			assertEquals(17, batch.getFirstSpan());
			for (int row = 0; row < received.size(); row++) {
				assertEquals(RandomSpans.row(sent, from + row), RandomSpans.row(received, row), "seed " + seed);
			}
		}
	}

	/**
	 * RandomSpans.row names the columns by hand; this finds the one somebody adds and forgets. Not carried are the
	 * host, since the client knows which agent it speaks to, and hand-offs between threads, which the agent weighs.
	 */
	@Test
	void columnsOfTheTable_areTheOnesTheWireCarries() throws Exception {
		SpanTable sent = new SpanTable(new Dictionary(100));
		int row = sent.add();
		for (int i = 0; i < 50; i++) {
			sent.names.id("name " + i);
		}
		int value = 2;
		for (Field field : SpanTable.class.getFields()) {
			if (field.get(sent) instanceof LongColumn column) {
				column.set(row, value++);
			} else if (field.get(sent) instanceof IntColumn column) {
				column.set(row, value++);
			}
		}
		sent.host.set(row, 0);
		sent.readId.set(row, 0);
		sent.wokeId.set(row, 0);
		sent.wokeHops.set(row, 0);
		sent.wokeMicros.set(row, 0);
		SpanTable received = SpanDecoder.decode(encoder.encode(sent, 0, 1, 0, 0), sent.names);
		for (Field field : SpanTable.class.getFields()) {
			if (field.get(sent) instanceof LongColumn column) {
				assertEquals(column.get(row), ((LongColumn) field.get(received)).get(row), field.getName());
			} else if (field.get(sent) instanceof IntColumn column) {
				assertEquals(column.get(row), ((IntColumn) field.get(received)).get(row), field.getName());
			}
		}
		assertTrue(value > 20, "only " + value + " columns were found");
	}

	@Test
	void monotonicTimes_becomeUnixTimes() throws Exception {
		SpanTable sent = new SpanTable(new Dictionary(100));
		int row = sent.add();
		sent.startNanos.set(row, 1_000);
		sent.endNanos.set(row, 3_000);
		SpanTable received = SpanDecoder.decode(encoder.encode(sent, 0, 1, 0, 1_700_000_000_000_000_000L), sent.names);
		assertEquals(1_700_000_000_000_001_000L, received.startNanos.get(0));
		assertEquals(0, received.firstByteNanos.get(0), "none stays none");
		assertEquals(1_700_000_000_000_003_000L, received.endNanos.get(0));
	}

	/** A thousand damaged batches: each is read or refused, and refusing costs no more than reading. */
	@Test
	void damagedBatch_isReadOrRefused() {
		long seed = System.nanoTime();
		System.out.println("SpanRoundTripTest seed " + seed);
		Random random = new Random(seed);
		byte[] good = encoder.encode(RandomSpans.table(random, new Dictionary(1000), 20), 0, 20, 0, 0).toByteArray();
		int refused = 0;
		for (int round = 0; round < 1000; round++) {
			byte[] bad = good.clone();
			for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
				bad[random.nextInt(bad.length)] = (byte) random.nextInt();
			}
			try {
				SpanDecoder.decode(SpanBatch.parseFrom(bad), new Dictionary(1000));
			} catch (ProtocolException | InvalidProtocolBufferException e) {
				refused++;
			}
		}
		assertTrue(refused > 0, "seed " + seed + ": no damage was noticed");
	}

	@Test
	void batchWithAShortColumn_isRefused() {
		SpanBatch batch = encoder.encode(RandomSpans.table(new Random(1), new Dictionary(1000), 3), 0, 3, 0, 0);
		SpanBatch shorter = batch.toBuilder().clearPid().addPid(1).build();
		assertThrows(ProtocolException.class, () -> SpanDecoder.decode(shorter, new Dictionary(1000)));
	}

	@Test
	void batchWithAHugeSize_isRefusedWithoutMemory() {
		SpanBatch huge = SpanBatch.newBuilder().setSize(Integer.MAX_VALUE).build();
		assertThrows(ProtocolException.class, () -> SpanDecoder.decode(huge, new Dictionary(1000)));
	}
}

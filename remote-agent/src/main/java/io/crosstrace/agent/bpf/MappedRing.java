package io.crosstrace.agent.bpf;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.crosstrace.core.capture.RingReader;

/**
 * Maps a BPF ring into this process: the consumer's page writable, the producer's page and the data, which
 * the kernel maps twice in a row, read-only.
 */
final class MappedRing implements AutoCloseable {
	private static final Pointer FAILED = Pointer.createConstant(-1);

	private final Pointer consumer;
	private final Pointer producer;
	private final int page = LibC.C.getpagesize();
	private final long length;
	private final RingReader reader;

	/** @param size of the ring in bytes, as the map was created */
	MappedRing(int fd, int size) throws BpfObject.Refusal {
		length = page + 2L * size;
		consumer = map(fd, page, LibC.PROT_READ | LibC.PROT_WRITE, 0);
		try {
			producer = map(fd, length, LibC.PROT_READ, page);
		} catch (BpfObject.Refusal e) {
			LibC.C.munmap(consumer, new NativeLong(page));
			throw e;
		}
		reader = new RingReader(consumer.getByteBuffer(0, page), producer.getByteBuffer(0, page),
				producer.getByteBuffer(page, 2L * size));
	}

	private static Pointer map(int fd, long length, int protection, long offset) throws BpfObject.Refusal {
		Pointer at = LibC.C.mmap(null, new NativeLong(length), protection, LibC.MAP_SHARED, fd, new NativeLong(offset));
		if (at == null || at.equals(FAILED)) {
			throw new BpfObject.Refusal("mapping the ring", Native.getLastError(), "");
		}
		return at;
	}

	RingReader reader() {
		return reader;
	}

	@Override
	public void close() {
		reader.close();
		LibC.C.munmap(consumer, new NativeLong(page));
		LibC.C.munmap(producer, new NativeLong(length));
	}
}

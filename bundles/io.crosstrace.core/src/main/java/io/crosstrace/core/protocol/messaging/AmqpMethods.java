package io.crosstrace.core.protocol.messaging;

/** The methods of AMQP 0-9-1 that a client calls and waits for. */
final class AmqpMethods {
	private AmqpMethods() {
	}

	/** "queue.declare"; null for what nobody waits for, and for answers. */
	static String name(int method) {
		return switch (method) {
		case 20 << 16 | 10 -> "channel.open";
		case 40 << 16 | 10 -> "exchange.declare";
		case 40 << 16 | 20 -> "exchange.delete";
		case 40 << 16 | 30 -> "exchange.bind";
		case 40 << 16 | 40 -> "exchange.unbind";
		case 50 << 16 | 10 -> "queue.declare";
		case 50 << 16 | 20 -> "queue.bind";
		case 50 << 16 | 30 -> "queue.purge";
		case 50 << 16 | 40 -> "queue.delete";
		case 50 << 16 | 50 -> "queue.unbind";
		case 60 << 16 | 10 -> "basic.qos";
		case Amqp.CONSUME -> "basic.consume";
		case Amqp.CANCEL -> "basic.cancel";
		case Amqp.GET -> "basic.get";
		case 60 << 16 | 110 -> "basic.recover";
		case 90 << 16 | 10 -> "tx.select";
		case 90 << 16 | 20 -> "tx.commit";
		case 90 << 16 | 30 -> "tx.rollback";
		default -> null;
		};
	}

	/** What sets up a channel is no span. */
	static boolean silent(int method) {
		int of = method >>> 16;
		return of == 20 || of == 60 && method != Amqp.GET;
	}

	/** Begins, behind the ticket, with the name of a queue or exchange. */
	static boolean named(int method) {
		int of = method >>> 16;
		return of == 40 || of == 50 || method == Amqp.CONSUME || method == Amqp.GET;
	}

	/** The method that {@code answer} answers. */
	static int asks(int answer) {
		return switch (answer) {
		case Amqp.GET_EMPTY -> Amqp.GET;
		case 40 << 16 | 51 -> 40 << 16 | 40; // exchange.unbind-ok, for once
		default -> answer - 1;
		};
	}
}

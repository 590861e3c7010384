package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.Semconv;

/** One direction of a MongoDB connection. */
final class MongoDbParser extends FrameParser {
	private static final byte[] DB = MongoDb.ascii("$db");
	private static final byte[] COLLECTION = MongoDb.ascii("collection");
	private static final byte[] GET_MORE = MongoDb.ascii("getMore");
	private static final byte[] OK = MongoDb.ascii("ok");
	private static final byte[] CODE = MongoDb.ascii("code");
	private static final byte[] WRITE_ERRORS = MongoDb.ascii("writeErrors");
	private static final byte[] WRITE_CONCERN_ERROR = MongoDb.ascii("writeConcernError");
	private static final int MORE_TO_COME = 2;
	private static final int MAX_BATCH = 100_000;

	/** The server sends on without being asked, once it was allowed to. */
	static final class Exhaust {
		boolean more;
	}

	private final MongoDb mongo;
	private final Link link;
	private final boolean requests;
	private final Exhaust exhaust;
	private final Semconv words;
	private long stream;
	private boolean oneWay;
	private boolean unasked;

	MongoDbParser(MongoDb mongo, Link link, boolean requests, Exhaust exhaust) {
		super(mongo.context, MongoDb.LOOK);
		this.mongo = mongo;
		this.link = link;
		this.requests = requests;
		this.exhaust = exhaust;
		words = context.semconv;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		if (!MongoDb.plausible(in, from, to)) {
			return WRONG;
		}
		return to - from < MongoDb.HEAD ? MORE : Binary.little32(in, from);
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		if (!MongoDb.plausible(in, from, to)) {
			return NO;
		}
		if (to - from < MongoDb.HEAD + 9) {
			return MAYBE;
		}
		return (Binary.little32(in, from + 8) == 0) == requests ? YES : NO;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		if (to - from < MongoDb.HEAD) {
			return false;
		}
		int opcode = Binary.little32(in, from + 12);
		int whole = Binary.little32(in, from);
		Message message = context.message.clear(requests, position(from));
		int at = from + MongoDb.HEAD;
		if (requests) {
			stream = Binary.little32(in, from + 4) & 0xffffffffL;
			oneWay = false;
			message.trait = 1;
			request(in, at, to, from + whole, opcode, message);
			message.oneWay = oneWay;
		} else {
			stream = Binary.little32(in, from + 8) & 0xffffffffL;
			unasked = exhaust.more && link.asked(stream) == Message.PLAIN;
			exhaust.more = opcode == MongoDb.MSG && to - at >= 4 && (Binary.little32(in, at) & MORE_TO_COME) != 0;
			answer(in, at, to, opcode, message);
		}
		message.stream = stream;
		if (!unasked) {
			out.begin(message);
		}
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		if (requests && !oneWay || unasked) {
			unasked = false;
			return;
		}
		Message message = context.ending.clear(requests, 0);
		message.stream = stream;
		message.incomplete = incomplete;
		message.before = before;
		out.end(message);
	}

	private void request(byte[] in, int at, int to, int end, int opcode, Message message) {
		context.attribute(words.dbSystemName, "mongodb");
		if (opcode == MongoDb.QUERY) {
			message.silent = true; // nothing but greetings since MongoDB 5.1
			return;
		}
		if (opcode != MongoDb.MSG || to - at < 9) {
			message.operation = context.names.id("mongodb");
			message.incomplete = true; // compressed, or cut
			context.lost(Loss.CUT_HEADS, 1);
			return;
		}
		int flags = Binary.little32(in, at);
		oneWay = (flags & MORE_TO_COME) != 0;
		int last = end - (flags & 1) * 4; // a checksum follows
		int batch = 0;
		boolean seen = false;
		int section = at + 4;
		while (to - section >= 5 && section < last) {
			int size = Binary.little32(in, section + 1);
			if (size < 5) {
				break;
			}
			int stop = (int) Math.min(to, section + 1L + size);
			if (in[section] == 0) {
				command(in, section + 1, stop, message);
				seen = true;
			} else {
				batch += documents(in, section + 5, stop, section + 1L + size > to);
			}
			section = (int) Math.min(Integer.MAX_VALUE, section + 1L + size);
		}
		if (!seen) {
			message.operation = context.names.id("mongodb");
			message.incomplete = true;
		}
		if (batch > 1) {
			context.attribute(words.dbOperationBatchSize, context.texts.number(batch));
		}
	}

	private void command(byte[] in, int from, int to, Message message) {
		Bson bson = mongo.bson.over(in, from, to);
		if (!bson.next()) {
			message.operation = context.names.id("mongodb");
			message.incomplete = true;
			return;
		}
		int nameFrom = bson.nameFrom;
		int nameTo = bson.nameTo;
		message.silent = MongoDb.silent(in, nameFrom, nameTo);
		boolean more = bson.named(GET_MORE);
		int collectionFrom = bson.textFrom();
		int collectionTo = bson.type == Bson.STRING ? bson.textTo() : collectionFrom;
		boolean namespace = false;
		while (bson.next()) {
			if (bson.type != Bson.STRING) {
				continue;
			}
			if (bson.named(DB)) {
				namespace = true;
				context.attribute(words.dbNamespace, context.texts.text(in, bson.textFrom(), bson.textTo()));
			} else if (more && bson.named(COLLECTION)) {
				collectionFrom = bson.textFrom();
				collectionTo = bson.textTo();
			}
		}
		message.incomplete = !namespace;
		context.attribute(words.dbOperationName, context.texts.text(in, nameFrom, nameTo));
		int length = Math.min(nameTo - nameFrom, 256);
		System.arraycopy(in, nameFrom, context.scratch, 0, length);
		if (collectionTo > collectionFrom) {
			context.attribute(words.dbCollectionName, context.texts.text(in, collectionFrom, collectionTo));
			int more2 = Math.min(collectionTo - collectionFrom, 256);
			context.scratch[length] = ' ';
			System.arraycopy(in, collectionFrom, context.scratch, length + 1, more2);
			length += 1 + more2;
		}
		message.operation = context.texts.id(context.scratch, 0, length, context.names);
	}

	/** How many documents are in a sequence: its name, then one behind the other. 0 if not all are seen. */
	private static int documents(byte[] in, int from, int to, boolean cut) {
		int at = from;
		while (at < to && in[at] != 0) {
			at++;
		}
		at++;
		int count = 0;
		while (!cut && to - at >= 5 && count < MAX_BATCH) {
			int size = Binary.little32(in, at);
			if (size < 5 || size > to - at) {
				break;
			}
			count++;
			at += size;
		}
		return count;
	}

	/** Finds out whether it tells of a failure; what the failure says may hold data and is not told. */
	private void answer(byte[] in, int at, int to, int opcode, Message message) {
		int section = at + 4;
		if (opcode != MongoDb.MSG || to - section < 6 || in[section] != 0) {
			return;
		}
		Bson bson = mongo.bson.over(in, section + 1, to);
		boolean failed = false;
		long code = 0;
		int errorFrom = -1;
		while (bson.next()) {
			if (bson.named(OK)) {
				failed |= bson.number() == 0;
			} else if (bson.named(CODE)) {
				code = bson.number();
			} else if (bson.type == Bson.ARRAY && bson.named(WRITE_ERRORS)) {
				errorFrom = bson.valueFrom + 7; // the first element: its type, "0", its end
			} else if (bson.type == Bson.DOCUMENT && bson.named(WRITE_CONCERN_ERROR) && errorFrom < 0) {
				errorFrom = bson.valueFrom;
			}
		}
		if (errorFrom >= 0 && to - errorFrom > 4) {
			bson.over(in, errorFrom, to);
			while (bson.next()) {
				if (bson.named(CODE)) {
					failed = true;
					code = bson.number();
				}
			}
		}
		if (failed) {
			String text = code > 0 ? context.texts.number(code) : "_OTHER";
			message.status = (int) code;
			message.serverError = message.clientError = true;
			context.attribute(words.dbResponseStatusCode, text);
			context.attribute(words.errorType, text);
		}
	}
}

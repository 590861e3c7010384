package io.crosstrace.agent.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The agent's own files: token, certificate and id, kept in a folder only its user can read, so that they
 * stay the same when the agent starts again.
 */
public final class Secrets {
	private final Path folder;

	/** @throws ServeException if the folder cannot be made */
	public Secrets(Path folder) throws ServeException {
		this.folder = folder;
		try {
			if (!Files.isDirectory(folder)) {
				Files.createDirectories(folder.toAbsolutePath().getParent());
				Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(
						PosixFilePermissions.fromString("rwx------")));
			}
		} catch (FileAlreadyExistsException e) {
			throw new ServeException(folder + " is a file, but the agent keeps its token and certificate in a "
					+ "folder of that name. Name another one with --state-dir.");
		} catch (IOException e) {
			throw new ServeException("The agent cannot make the folder for its token and certificate, " + folder
					+ " (" + e.getClass().getSimpleName() + "). Name another one with --state-dir.");
		}
	}

	/** Where an agent of this user keeps its files unless told otherwise. */
	public static Path defaultFolder() {
		if ("root".equals(System.getProperty("user.name"))) {
			return Path.of("/var/lib/crosstrace");
		}
		String state = System.getenv("XDG_STATE_HOME");
		return (state == null || state.isBlank() ? Path.of(System.getProperty("user.home"), ".local", "state")
				: Path.of(state)).resolve("crosstrace");
	}

	public Path tokenFile() {
		return folder.resolve("token");
	}

	Path certificateFile() {
		return folder.resolve("agent.crt");
	}

	Path keyFile() {
		return folder.resolve("agent.key");
	}

	/** Stays the same when the agent restarts; 16 hex digits. */
	public String agentId() throws ServeException {
		return readOrMake(folder.resolve("id"), 8);
	}

	/** The token in {@code file}; makes one, 256 random bits, if there is no such file. */
	public static String token(Path file) throws ServeException {
		String token = readOrMake(file, 32);
		if (token.isEmpty()) {
			throw new ServeException("The token file " + file + " is empty. Write a token into it, or delete it "
					+ "and the agent makes one.");
		}
		return token;
	}

	/** Whether others than its owner may read a file; false where there are no such rights. */
	public static boolean readableByOthers(Path file) {
		try {
			Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
			return rights.contains(PosixFilePermission.OTHERS_READ) || rights.contains(PosixFilePermission.GROUP_READ);
		} catch (IOException | UnsupportedOperationException e) {
			return false;
		}
	}

	/** Writes a file that only its owner can read, from its first byte on. Fails if it exists. */
	static void write(Path file, String text) throws IOException {
		try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
			channel.write(StandardCharsets.US_ASCII.encode(text));
		}
	}

	private static String readOrMake(Path file, int randomBytes) throws ServeException {
		try {
			if (!Files.exists(file)) {
				byte[] random = new byte[randomBytes];
				new SecureRandom().nextBytes(random);
				write(file, HexFormat.of().formatHex(random) + "\n");
			}
			return Files.readString(file).trim();
		} catch (IOException e) {
			throw new ServeException("The agent cannot read or make " + file + " (" + e.getClass().getSimpleName()
					+ "). Check who owns it, or name another folder with --state-dir.");
		}
	}
}

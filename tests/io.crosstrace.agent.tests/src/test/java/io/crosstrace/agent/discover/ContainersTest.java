package io.crosstrace.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crosstrace.core.protocol.Processes.Container;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainersTest {
	private static final String ID = "4f5a1c0d9e8b7a6f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0f9e8d";
	private static final String OTHER = "a".repeat(64);
	private static final String POD = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

	/** What runtimes are known to write; ID, OTHER and POD stand for theirs. */
	@ParameterizedTest(name = "{0}")
	@CsvSource({
		"Docker with systemd, 0::/system.slice/docker-ID.scope, ID,",
		"Docker without, 0::/docker/ID, ID,",
		"Docker of version 1, 12:memory:/docker/ID, ID,",
		"Docker seen from another container, 0::/../ID, ID,",
		"containerd in Kubernetes with systemd, "
				+ "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podP_O_D.slice/cri-containerd-ID.scope, ID, POD",
		"containerd in Kubernetes without, 0::/kubepods/besteffort/podPOD/ID, ID, POD",
		"CRI-O, 0::/kubepods.slice/kubepods-podP_O_D.slice/crio-ID.scope/container, ID, POD",
		"containerd by its own command, 0::/default/ID, ID,",
		"Podman, 0::/machine.slice/libpod-ID.scope/container, ID,",
		"Podman without root, 0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope, ID,",
		"the watcher of a container, 0::/machine.slice/libpod-conmon-ID.scope, ,",
		"a container in a container, 0::/docker/OTHER/kubelet/kubepods/podPOD/ID, ID, POD",
		"ECS, 9:cpu:/ecs/0123456789abcdef0123456789abcdef/ID, ID,",
		"no container, 0::/user.slice/user-1000.slice/session-3.scope, ,",
		"the root, 0::/, ,",
		"a number too short, 0::/docker/4f5a1c0d9e8b, ,",
	})
	void container_isReadFromItsControlGroup(String who, String line, String id, String pod) {
		String text = line.replace("P_O_D", POD.replace('-', '_')).replace("POD", POD).replace("OTHER", OTHER).replace("ID", ID);
		Container expected = id == null ? Container.NONE : new Container(ID, pod == null ? "" : POD);
		assertEquals(expected, Containers.of(List.of("1:name=systemd:/", text), List.of()));
	}

	@Test
	void fargateTask_isItsShortId() {
		String id = "0123456789abcdef0123456789abcdef-1234567890";
		assertEquals(new Container(id, ""), Containers.of(List.of("0::/ecs/0123456789abcdef0123456789abcdef/" + id), List.of()));
	}

	@Test
	void containerThatHidesItsControlGroup_isReadFromItsMounts() {
		String docker = "682 664 254:1 /var/lib/docker/containers/" + ID + "/hostname /etc/hostname rw - ext4 /dev/vda1 rw";
		String podman = "5 4 0:9 /containers/storage/overlay-containers/" + ID + "/userdata/hostname /etc/hostname rw - tmpfs t rw";
		for (String mount : List.of(docker, podman)) {
			assertEquals(new Container(ID, ""), Containers.of(List.of("0::/"), List.of("1 2 3:4 / / rw - ext4 r rw", mount)));
		}
	}
}

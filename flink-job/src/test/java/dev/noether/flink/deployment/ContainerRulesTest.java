package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ComposeMount;
import dev.noether.testing.deployment.ComposeService;
import dev.noether.testing.deployment.ImageFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every container of the compose files keeps to: pinned images, no root, no rights that it does not need, limits. */
class ContainerRulesTest {
    private static final ComposeFile COMPOSE =
            ComposeFile.read(ProjectFiles.file("docker-compose.yml"), ProjectFiles.file("docker-compose.gpu.yml"));
    private static final ImageFile IMAGES = ImageFile.read(ProjectFiles.file("deploy/docker/Dockerfile"));
    /** Their start scripts write into the image. */
    private static final Set<String> WRITABLE =
            Set.of("kafka", "jobmanager", "taskmanager", "import-jobmanager", "import-taskmanager");

    /** Only a detector file with source topics has something to import. */
    private static final List<String> ON_REQUEST = List.of("import-jobmanager", "import-taskmanager");

    static Stream<ComposeService> services() {
        return COMPOSE.services().values().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void imagesArePinned(ComposeService service) throws IOException {
        if (service.buildTarget().isEmpty()) {
            assertThat(service.image()).matches("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+[a-z0-9_.-]*");
        } else {
            assertThat(IMAGES.stages()).containsKey(service.buildTarget());
            assertThat(service.image()).isEqualTo("noether/" + service.buildTarget() + ":" + property("version"));
        }
    }

    @Test
    void baseImagesArePinnedAndOfTheVersionsThatTheBuildUses() throws IOException {
        assertThat(COMPOSE.service("kafka").image()).isEqualTo("apache/kafka:" + property("kafka.version"));
        assertThat(IMAGES.arguments())
                .containsEntry("FLINK_IMAGE", "flink:" + property("flink.version") + "-java17")
                .allSatisfy((name, image) -> assertThat(image).matches("[a-z-]+:\\d+\\.\\d+\\.\\d+[a-z0-9_.-]*"));
    }

    /** One value in two files: compose passes the arguments so that .env can pin them. */
    @ParameterizedTest
    @MethodSource("services")
    void composeAndTheDockerfileNameTheSameBaseImages(ComposeService service) {
        if (!service.buildTarget().isEmpty()) {
            Map<String, Object> build = ComposeFile.mapping(service.definition().get("build"));
            assertThat(ProjectFiles.file(String.valueOf(build.get("dockerfile"))))
                    .exists();
            Map<String, Object> arguments = ComposeFile.mapping(build.get("args"));
            IMAGES.arguments()
                    .forEach((name, image) -> assertThat(
                                    ComposeService.withDefaults(String.valueOf(arguments.get(name))))
                            .isEqualTo(image));
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void noContainerRunsAsRoot(ComposeService service) {
        assertThat(String.valueOf(service.definition().get("user"))).matches("flink|appuser|[1-9]\\d*:\\d+");
    }

    @ParameterizedTest
    @MethodSource("services")
    void noContainerHasRightsOfTheSystem(ComposeService service) {
        assertThat(service.definition())
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .doesNotContainKeys("privileged", "cap_add", "pid", "ipc", "network_mode");
    }

    @ParameterizedTest
    @MethodSource("services")
    void containersAreReadOnlyWhereTheirStartScriptAllowsIt(ComposeService service) {
        assertThat(service.definition().containsKey("read_only")).isEqualTo(!WRITABLE.contains(service.name()));
        if (!service.buildTarget().isEmpty() && !WRITABLE.contains(service.name())) {
            // JavaCPP, LZ4 and Zstandard unpack native libraries there and load them.
            assertThat(String.valueOf(service.definition().get("tmpfs"))).contains("/tmp:exec,");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void memoryAndProcessesAreLimited(ComposeService service) {
        Map<String, Object> deploy = ComposeFile.mapping(service.definition().get("deploy"));
        Map<String, Object> limits =
                ComposeFile.mapping(ComposeFile.mapping(deploy.get("resources")).get("limits"));
        assertThat(limits).containsKeys("memory", "pids");
        String heap = service.environment().getOrDefault("NOETHER_HEAP", "1m");
        assertThat(mebibytes(String.valueOf(limits.get("memory"))))
                .as("room for native memory beside the heap of %s", service.name())
                .isGreaterThanOrEqualTo(mebibytes(heap) + 128);
    }

    @Test
    void theLimitsOfTheClusterAreAboveWhatFlinkIsGiven() {
        Map<String, Object> flink = ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml"));
        for (String manager : List.of("jobmanager", "taskmanager")) {
            Map<String, Object> deploy =
                    ComposeFile.mapping(COMPOSE.service(manager).definition().get("deploy"));
            Map<String, Object> limits = ComposeFile.mapping(
                    ComposeFile.mapping(deploy.get("resources")).get("limits"));
            assertThat(mebibytes(String.valueOf(limits.get("memory"))))
                    .isGreaterThan(mebibytes(String.valueOf(flink.get(manager + ".memory.process.size"))));
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void holdsNoSecret(ComposeService service) {
        assertThat(service.environment().keySet())
                .noneMatch(key -> key.matches("(?i).*(password|secret|token|credential).*"));
    }

    /** A new volume has the owner of its folder in the image that mounts it first. */
    @ParameterizedTest
    @MethodSource("services")
    void foldersOfVolumesBelongToTheUserOfTheImage(ComposeService service) {
        if (!service.buildTarget().isEmpty()) {
            String commands =
                    String.join("\n", IMAGES.stage(service.buildTarget()).texts("RUN"));
            for (ComposeMount mount : service.mounts()) {
                if (mount.isVolume()) {
                    assertThat(commands).contains(mount.target());
                }
            }
        }
    }

    @Test
    void oneCommandStartsEverythingButTheImport() {
        assertThat(services()
                        .filter(service -> service.definition().containsKey("profiles"))
                        .map(ComposeService::name))
                .containsExactlyElementsOf(ON_REQUEST);
        assertThat(COMPOSE.services().keySet().stream().filter(name -> !ON_REQUEST.contains(name)))
                .containsExactlyInAnyOrder(
                        "kafka",
                        "topics",
                        "jobmanager",
                        "taskmanager",
                        "retrainer",
                        "producer",
                        "console",
                        "notifier",
                        "prometheus",
                        "grafana",
                        "alertmanager");
    }

    @Test
    void grafanaHasNoPasswordThatEverybodyKnows() {
        assertThat(COMPOSE.service("grafana").environment())
                .containsEntry("GF_AUTH_BASIC_ENABLED", "false")
                .containsEntry("GF_AUTH_DISABLE_LOGIN_FORM", "true")
                .containsEntry("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION", "true");
    }

    private static long mebibytes(String size) {
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        return size.endsWith("g") ? number * 1024 : number;
    }

    private static String property(String name) throws IOException {
        String pom = Files.readString(ProjectFiles.file("pom.xml"));
        Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(value.find()).as("%s in pom.xml", name).isTrue();
        return value.group(1);
    }
}

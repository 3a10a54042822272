package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ComposeMount;
import dev.noether.testing.deployment.ComposeService;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The compose files agree with the specification, with each other, and with the files, jars, ports and classes they
 * name.
 */
class ComposeFileTest {
    private static final String CPU_FILE = "docker-compose.yml";
    private static final String GPU_FILE = "docker-compose.gpu.yml";
    private static final Set<String> ENDING_BY_THEMSELVES = Set.of("topics");
    /** Of the reporter that the configuration names: Flink knows them by a pattern. */
    private static final Set<String> REPORTER_KEYS =
            Set.of("metrics.reporter.prom.factory.class", "metrics.reporter.prom.port");

    private static final String GPU_PLUGIN = "external-resource.gpu.";

    private static ComposeFile cpu() {
        return ComposeFile.read(ProjectFiles.file(CPU_FILE));
    }

    private static ComposeFile gpu() {
        return ComposeFile.read(ProjectFiles.file(CPU_FILE), ProjectFiles.file(GPU_FILE));
    }

    static Stream<ComposeService> services() {
        return gpu().services().values().stream();
    }

    static Stream<ComposeService> lastingServices() {
        return services().filter(service -> !ENDING_BY_THEMSELVES.contains(service.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU_FILE, GPU_FILE})
    void fitsTheSchemaOfTheComposeSpecification(String file) throws IOException {
        Optional<ComposeSchema> schema = ComposeSchema.find();
        assumeTrue(schema.isPresent(), "the compose schema cannot be fetched here: npm or its registry is missing");
        assertThat(schema.get().problems(ComposeFile.load(ProjectFiles.file(file))))
                .isEmpty();
        assertThat(schema.get().problems(gpu().content())).isEmpty();
    }

    @Test
    void theSchemaWouldRefuseAMisspeltKey() throws IOException {
        Optional<ComposeSchema> schema = ComposeSchema.find();
        assumeTrue(schema.isPresent(), "the compose schema cannot be fetched here: npm or its registry is missing");
        assertThat(schema.get().problems(Map.of("services", Map.of("a", Map.of("imagee", "b:1")))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU_FILE, GPU_FILE})
    void hasOnlyTheTopLevelKeysOfTheSpecificationThatWeUse(String file) {
        assertThat(ComposeFile.load(ProjectFiles.file(file)).keySet())
                .allMatch(key -> key.startsWith("x-")
                        || Set.of("name", "services", "volumes").contains(key));
    }

    @ParameterizedTest
    @MethodSource("services")
    void hasOnlyTheServiceKeysThatWeUse(ComposeService service) {
        assertThat(service.definition().keySet())
                .isSubsetOf(
                        "image",
                        "build",
                        "user",
                        "entrypoint",
                        "command",
                        "environment",
                        "volumes",
                        "ports",
                        "depends_on",
                        "healthcheck",
                        "restart",
                        "stop_grace_period",
                        "deploy",
                        "profiles",
                        "cap_drop",
                        "security_opt",
                        "read_only",
                        "tmpfs",
                        "logging");
    }

    @ParameterizedTest
    @MethodSource("services")
    void mountsFilesThatAFreshCloneHas(ComposeService service) {
        for (ComposeMount mount : service.mounts()) {
            if (mount.isVolume()) {
                assertThat(gpu().volumes()).contains(mount.source());
            } else {
                assertThat(ProjectFiles.file(mount.source())).exists();
                assertThat(mount.readOnly())
                        .as("%s is read only", mount.source())
                        .isTrue();
            }
        }
    }

    @Test
    void everyVolumeIsUsed() {
        Set<String> used = services()
                .flatMap(service -> service.mounts().stream())
                .filter(ComposeMount::isVolume)
                .map(ComposeMount::source)
                .collect(Collectors.toSet());
        assertThat(gpu().volumes()).containsExactlyInAnyOrderElementsOf(used);
    }

    @ParameterizedTest
    @MethodSource("services")
    void waitsForServicesThatExistInAWayThatTheyCanFulfil(ComposeService service) {
        service.dependsOn().forEach((name, dependency) -> {
            ComposeService other = gpu().service(name);
            String condition = String.valueOf(ComposeFile.mapping(dependency).get("condition"));
            switch (condition) {
                case "service_healthy" -> assertThat(other.hasHealthCheck()).isTrue();
                case "service_completed_successfully" ->
                    assertThat(ENDING_BY_THEMSELVES).contains(name);
                default -> assertThat(condition).isEqualTo("service_started");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("lastingServices")
    void lastingServicesAreWatchedRestartedAndStoppedGently(ComposeService service) {
        assertThat(service.hasHealthCheck()).isTrue();
        assertThat(service.definition())
                .containsEntry("restart", "unless-stopped")
                .containsKey("stop_grace_period");
    }

    @ParameterizedTest
    @MethodSource("services")
    void theLogOfAServiceIsBounded(ComposeService service) {
        assertThat(ComposeFile.mapping(
                        ComposeFile.mapping(service.definition().get("logging")).get("options")))
                .containsKeys("max-size", "max-file");
    }

    @Test
    void noHealthCheckStartsAJvm() {
        services()
                .filter(ComposeService::hasHealthCheck)
                .forEach(service -> assertThat(String.join(" ", service.healthCheck()))
                        .as(service.name())
                        .doesNotContain("java", "/opt/kafka/bin", "run-class", "flink "));
    }

    @ParameterizedTest
    @MethodSource("services")
    void scriptsOfTheCommandExistAndMayBeRun(ComposeService service) {
        Stream<String> healthCheck = service.hasHealthCheck() ? service.healthCheck().stream() : Stream.of();
        Stream.of(service.entryPoint().stream(), service.command().stream(), healthCheck)
                .flatMap(words -> words)
                .filter(word -> word.startsWith("/opt/noether/bin/"))
                .map(word -> ProjectFiles.file(word.replace("/opt/noether/bin/", "deploy/bin/")))
                .forEach(script -> assertThat(script).isExecutable());
    }

    @Test
    void publishedPortsAreThoseOfTheConfigurationsAndOnlyOnThisComputer() {
        Properties kafka = properties("deploy/kafka/server.properties");
        Map<String, Object> flink = ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml"));
        String host = between(kafka.getProperty("advertised.listeners"), "HOST://localhost:(\\d+)");
        assertThat(gpu().service("kafka").ports()).containsExactly("127.0.0.1:" + host + ":" + host);
        assertThat(gpu().service("jobmanager").ports())
                .containsExactly("127.0.0.1:" + flink.get("rest.port") + ":" + flink.get("rest.port"));
        assertThat(String.join(" ", gpu().service("jobmanager").healthCheck()))
                .endsWith("/healthy-job localhost:" + flink.get("rest.port"));
        assertThat(String.join(" ", gpu().service("taskmanager").healthCheck()))
                .endsWith("/dev/tcp/localhost/" + flink.get("taskmanager.rpc.port"));
        assertThat(gpu().service("prometheus").ports()).containsExactly("127.0.0.1:9090:9090");
        assertThat(gpu().service("grafana").ports()).containsExactly("127.0.0.1:3000:3000");
        assertThat(gpu().service("alertmanager").ports()).containsExactly("127.0.0.1:9093:9093");
        List<String> console = gpu().service("console").command();
        String page = console.get(console.indexOf("--port") + 1);
        assertThat(gpu().service("console").ports()).containsExactly("127.0.0.1:" + page + ":" + page);
        assertThat(String.join(" ", gpu().service("console").healthCheck())).endsWith("/dev/tcp/localhost/" + page);
        services()
                .filter(service -> !Set.of("kafka", "jobmanager", "console", "prometheus", "grafana", "alertmanager")
                        .contains(service.name()))
                .forEach(service -> assertThat(service.ports()).isEmpty());
    }

    @Test
    void addressesNameServicesOfTheFile() {
        Properties kafka = properties("deploy/kafka/server.properties");
        Map<String, Object> flink = ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml"));
        String internal = between(kafka.getProperty("advertised.listeners"), "INTERNAL://([^,]+)");
        assertThat(detector().kafka().bootstrapServers()).isEqualTo(internal);
        assertThat(gpu().services())
                .containsKeys(internal.split(":", -1)[0], String.valueOf(flink.get("jobmanager.rpc.address")));
        assertThat(flink).containsEntry("rest.address", flink.get("jobmanager.rpc.address"));
    }

    @Test
    void theNotifierTellsTheAlertmanagerOfTheFile() {
        assertThat(detector().notifying().alertmanager().alertmanagers()).containsExactly("http://alertmanager:9093");
        assertThat(gpu().services()).containsKey("alertmanager");
    }

    @Test
    void theDetectorKeepsItsStateInVolumesThatEveryFlinkServiceSees() {
        DetectorConfig detector = detector();
        for (String service : List.of("jobmanager", "taskmanager", "retrainer")) {
            Map<String, String> volumes = gpu().service(service).mounts().stream()
                    .filter(ComposeMount::isVolume)
                    .collect(Collectors.toMap(ComposeMount::source, ComposeMount::target));
            assertThat(detector.model().store().getPath()).startsWith(volumes.get("models"));
            assertThat(detector.checkpoints().directory().getPath()).startsWith(volumes.get("checkpoints"));
        }
        assertThat(gpu().service("jobmanager").entryPoint())
                .contains(detector.checkpoints().directory().getPath());
    }

    @Test
    void allServicesReadTheSameDetector() {
        for (String service : List.of("topics", "jobmanager", "retrainer", "notifier", "producer", "console")) {
            List<String> words = gpu().service(service).command();
            String file = words.get(words.indexOf("--config") + 1);
            assertThat(gpu().service(service).mounts())
                    .anyMatch(mount ->
                            mount.target().equals(file) && mount.source().equals("./deploy/detector.yaml"));
        }
    }

    @Test
    void theHealthCheckOfTheRetrainerReadsItsHealthFile() {
        List<String> words = gpu().service("retrainer").command();
        assertThat(String.join(" ", gpu().service("retrainer").healthCheck()))
                .contains("find " + words.get(words.indexOf("--healthy-file") + 1) + " ");
    }

    @Test
    void everyKeyOfFlinksConfigurationIsOneOfFlinks() throws Exception {
        Set<String> known = FlinkOptions.keys();
        assertThat(known).hasSizeGreaterThan(300);
        assertThat(ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml"))
                        .keySet())
                .allMatch(key -> known.contains(key) || REPORTER_KEYS.contains(key));
        List<String> settings = services()
                .flatMap(service -> service.command().stream())
                .filter(word -> word.startsWith("-D"))
                .map(word -> word.substring(2, word.indexOf('=')))
                .toList();
        assertThat(settings)
                .isNotEmpty()
                .allMatch(key -> known.contains(key)
                        || Set.of(
                                        GPU_PLUGIN + "amount",
                                        GPU_PLUGIN + "driver-factory.class",
                                        GPU_PLUGIN + "param.discovery-script.path")
                                .contains(key));
    }

    @Test
    void opensThePackagesOfTheRootPom() {
        String options = String.valueOf(
                ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml")).get("env.java.opts.all"));
        assertThat(options).startsWith(property("jvm.opens") + " ");
    }

    @Test
    void theGpuFileChangesTheCommandsByItsSettingsAlone() {
        for (String service : List.of("jobmanager", "taskmanager")) {
            List<String> words = gpu().service(service).command().stream()
                    .filter(word -> !word.startsWith("-D"))
                    .toList();
            assertThat(words).isEqualTo(cpu().service(service).command());
        }
        assertThat(gpu().service("jobmanager").environment())
                .containsEntry("NOETHER_GPU", "1")
                .containsAllEntriesOf(cpu().service("jobmanager").environment());
    }

    @Test
    void theJobHasAFixedIdAndItsWordsAreKeptFromFlink() {
        List<String> words = gpu().service("jobmanager").command();
        String id = words.get(words.indexOf("--job-id") + 1);
        assertThatCode(() -> JobID.fromHexString(id)).doesNotThrowAnyException();
        // Flink would take --config for an abbreviation of --configDir.
        assertThat(words.indexOf("--")).isEqualTo(words.indexOf("--job-classname") + 2);
    }

    @Test
    void theMainClassesExist() {
        List<String> words = gpu().service("jobmanager").command();
        assertThatCode(() -> Class.forName(words.get(words.indexOf("--job-classname") + 1)))
                .doesNotThrowAnyException();
        for (String service : List.of("topics", "retrainer", "notifier")) {
            List<String> command = gpu().service(service).command();
            String name = command.get(command.indexOf("/opt/noether/bin/run-class") + 1);
            assertThatCode(() -> Class.forName(name).getMethod("main", String[].class))
                    .doesNotThrowAnyException();
        }
    }

    /** Each of the two jobs continues from the newest checkpoint that it finds, so they must not see each other's. */
    @Test
    void theImportHasItsOwnClusterAndItsOwnCheckpoints() throws Exception {
        ComposeService master = gpu().service("import-jobmanager");
        ComposeService worker = gpu().service("import-taskmanager");
        String checkpoints = detector().checkpoints().directory().getPath();
        for (ComposeService service : List.of(master, worker)) {
            assertThat(service.definition()).containsEntry("profiles", List.of("import"));
            assertThat(service.command())
                    .contains("-Djobmanager.rpc.address=" + master.name(), "-Drest.address=" + master.name());
            assertThat(service.mounts())
                    .filteredOn(ComposeMount::isVolume)
                    .singleElement()
                    .satisfies(mount -> {
                        assertThat(checkpoints).startsWith(mount.target());
                        assertThat(gpu().service("jobmanager").mounts())
                                .extracting(ComposeMount::source)
                                .doesNotContain(mount.source());
                    });
        }
        List<String> words = master.command();
        assertThat(words.get(words.indexOf("--job-id") + 1))
                .isNotEqualTo(gpu().service("jobmanager")
                        .command()
                        .get(gpu().service("jobmanager").command().indexOf("--job-id") + 1));
        Class.forName(words.get(words.indexOf("--job-classname") + 1)).getMethod("main", String[].class);
        assertThat(words.subList(words.indexOf("--") + 1, words.size()))
                .containsExactly("--config", "/etc/noether/detector.yaml");
        assertThat(master.entryPoint()).contains("/opt/noether/bin/resume", checkpoints);
    }

    private static DetectorConfig detector() {
        return DetectorConfig.load(ProjectFiles.file("deploy/detector.yaml"));
    }

    private static String property(String name) {
        return between(read(ProjectFiles.file("pom.xml")), "<" + Pattern.quote(name) + ">([^<]+)<");
    }

    private static String between(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static Properties properties(String file) {
        Properties properties = new Properties();
        assertThatCode(() -> properties.load(new StringReader(read(ProjectFiles.file(file)))))
                .doesNotThrowAnyException();
        return properties;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }
}

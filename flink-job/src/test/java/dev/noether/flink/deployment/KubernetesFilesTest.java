package dev.noether.flink.deployment;

import static dev.noether.flink.deployment.KubernetesFiles.at;
import static dev.noether.flink.deployment.KubernetesFiles.list;
import static dev.noether.flink.deployment.KubernetesFiles.name;
import static dev.noether.flink.deployment.KubernetesFiles.ofKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of {@code deploy/kubernetes} fit the classes of the resources, and each other. No cluster runs here: what a
 * cluster would do with them is not tested.
 */
class KubernetesFilesTest {
    private static final Set<String> PROCESSES = Set.of("noether-retrainer", "noether-notifier", "noether-console");

    @TempDir
    private Path folder;

    @Test
    void eachResourceHasOnlyKeysAndValuesOfItsKind() throws Exception {
        Optional<KubernetesModels> found = KubernetesModels.open();
        assumeTrue(found.isPresent(), "the classes of the resources are not in target/kubernetes-models");
        try (KubernetesModels models = found.get()) {
            List<Map<String, Object>> resources = new ArrayList<>(KubernetesFiles.base());
            resources.addAll(KubernetesFiles.read(KubernetesFiles.OVERLAYS.resolve("gpu/scoring.yaml")));
            assertThat(resources).hasSizeGreaterThan(25);
            for (Map<String, Object> resource : resources) {
                assertThat(models.problem(ofAKnownVersionOfFlink(resource)))
                        .as(name(resource))
                        .isEmpty();
            }
        }
    }

    @Test
    void aMisspeltKeyIsFound() throws Exception {
        Optional<KubernetesModels> found = KubernetesModels.open();
        assumeTrue(found.isPresent(), "the classes of the resources are not in target/kubernetes-models");
        try (KubernetesModels models = found.get()) {
            for (String kind : List.of(
                    "FlinkDeployment", "Deployment", "KafkaUser", "KafkaTopic", "NetworkPolicy", "PodMonitor")) {
                Map<String, Object> resource =
                        new HashMap<>(ofAKnownVersionOfFlink(ofKind(kind).get(0)));
                Map<String, Object> spec = new HashMap<>(ComposeFile.mapping(resource.get("spec")));
                spec.put("replicaz", 1);
                resource.put("spec", spec);
                assertThat(models.problem(resource))
                        .as(kind)
                        .hasValueSatisfying(problem -> assertThat(problem).contains("replicaz"));
            }
        }
    }

    @Test
    void everyFileIsListedAndEveryListedFileIsThere() throws IOException {
        Map<String, Object> base = ComposeFile.load(KubernetesFiles.BASE.resolve("kustomization.yaml"));
        Set<String> listed = new TreeSet<>(Set.of("kustomization.yaml", "detector.yaml"));
        list(base.get("resources")).forEach(file -> listed.add(String.valueOf(file)));
        try (Stream<Path> files = Files.list(KubernetesFiles.BASE)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
        for (String overlay : List.of("cpu", "gpu")) {
            Path place = KubernetesFiles.OVERLAYS.resolve(overlay);
            Map<String, Object> kustomization = ComposeFile.load(place.resolve("kustomization.yaml"));
            list(kustomization.get("resources"))
                    .forEach(resource ->
                            assertThat(place.resolve(String.valueOf(resource))).isDirectory());
            if (kustomization.containsKey("patches")) {
                for (Object patch : list(kustomization.get("patches"))) {
                    Path file = place.resolve(String.valueOf(((Map<?, ?>) patch).get("path")));
                    Map<String, Object> target = KubernetesFiles.read(file).get(0);
                    assertThat(ofKind(String.valueOf(target.get("kind"))).stream()
                                    .map(KubernetesFiles::name))
                            .contains(name(target));
                }
            }
        }
    }

    @Test
    void namesThatResourcesGiveEachOtherExist() throws IOException {
        Set<String> claims = names("PersistentVolumeClaim");
        Set<String> users = names("KafkaUser");
        Set<String> accounts = names("ServiceAccount");
        for (Map<String, Object> pod : pods()) {
            for (Object volume : list(pod.get("volumes"))) {
                Map<String, Object> definition = ComposeFile.mapping(volume);
                if (definition.containsKey("persistentVolumeClaim")) {
                    assertThat(claims).contains(String.valueOf(at(definition, "persistentVolumeClaim", "claimName")));
                }
                if (definition.containsKey("configMap")) {
                    assertThat(at(definition, "configMap", "name")).isEqualTo("noether-detector");
                }
                if (definition.get("name").equals("kafka-user")) {
                    assertThat(users).contains(String.valueOf(at(definition, "secret", "secretName")));
                }
            }
            Set<Object> mounted = new java.util.HashSet<>();
            list(container(pod).get("volumeMounts")).forEach(mount -> mounted.add(((Map<?, ?>) mount).get("name")));
            Set<Object> volumes = new java.util.HashSet<>();
            list(pod.get("volumes")).forEach(volume -> volumes.add(((Map<?, ?>) volume).get("name")));
            assertThat(mounted).isEqualTo(volumes);
        }
        for (Map<String, Object> deployment : ofKind("Deployment")) {
            assertThat(accounts)
                    .contains(String.valueOf(at(deployment, "spec", "template", "spec", "serviceAccountName")));
            assertThat(at(deployment, "spec", "selector", "matchLabels"))
                    .isEqualTo(at(deployment, "spec", "template", "metadata", "labels"));
        }
        assertThat(names("Deployment")).isEqualTo(PROCESSES);
        assertThat(accounts).contains(String.valueOf(at(scoring(), "spec", "serviceAccount")));
    }

    @Test
    void noPodHasMoreRightsThanItNeeds() throws IOException {
        for (Map<String, Object> pod : pods()) {
            assertThat(ComposeFile.mapping(pod.get("securityContext")))
                    .containsEntry("runAsNonRoot", true)
                    .containsKey("seccompProfile");
            Map<String, Object> rights = ComposeFile.mapping(container(pod).get("securityContext"));
            assertThat(rights).containsEntry("allowPrivilegeEscalation", false);
            assertThat(at(rights, "capabilities", "drop")).isEqualTo(List.of("ALL"));
            // Flink's start script writes into the image.
            assertThat(rights.get("readOnlyRootFilesystem"))
                    .isEqualTo(container(pod).get("name").equals("flink-main-container") ? null : true);
        }
        for (Map<String, Object> deployment : ofKind("Deployment")) {
            assertThat(at(deployment, "spec", "template", "spec", "automountServiceAccountToken"))
                    .isEqualTo(false);
        }
        assertThat(ofKind("Secret"))
                .as("secrets are referred to, not written here")
                .isEmpty();
    }

    @Test
    void theImagesAreThoseThatTheDockerfileMakes() throws IOException {
        for (Map<String, Object> deployment : ofKind("Deployment")) {
            Object image = container(podOf(deployment)).get("image");
            assertThat(composeImages()).contains(String.valueOf(image));
        }
        assertThat(composeImages()).contains(String.valueOf(at(scoring(), "spec", "image")));
        Map<String, Object> gpu = KubernetesFiles.read(KubernetesFiles.OVERLAYS.resolve("gpu/scoring.yaml"))
                .get(0);
        assertThat(String.valueOf(at(gpu, "spec", "image")))
                .isEqualTo(String.valueOf(at(scoring(), "spec", "image")).replace("flink:", "flink-gpu:"));
    }

    @Test
    void theDetectorsFileIsValidAndAgreesWithThePods() throws IOException {
        Path jaas = Files.writeString(folder.resolve("jaas"), "org.example.Login required;");
        Path file = Files.writeString(
                folder.resolve("detector.yaml"),
                Files.readString(KubernetesFiles.BASE.resolve("detector.yaml"))
                        .replace("/run/secrets/kafka/sasl.jaas.config", jaas.toString()));
        DetectorConfig detector = DetectorConfig.load(file);
        Map<String, Object> scoring = scoring();
        assertThat(at(scoring, "spec", "job", "parallelism")).isEqualTo(detector.parallelism());
        assertThat(at(scoring, "spec", "flinkConfiguration", "execution.checkpointing.dir"))
                .isEqualTo(detector.checkpoints().directory().toString());
        assertThat(paths(podOf(scoring)))
                .contains(
                        detector.checkpoints().directory().getPath(),
                        detector.model().store().getPath(),
                        "/run/secrets/kafka",
                        "/run/secrets/kafka-ca");
        for (Map<String, Object> deployment : ofKind("Deployment")) {
            assertThat(paths(podOf(deployment)))
                    .contains("/etc/noether", "/run/secrets/kafka", "/run/secrets/kafka-ca");
        }
    }

    @Test
    void theJobIsThatOfComposeAndItsSettingsAreFlinks() throws Exception {
        Map<String, Object> scoring = scoring();
        String type = String.valueOf(at(scoring, "spec", "job", "entryClass"));
        assertThatCode(() -> Class.forName(type)).doesNotThrowAnyException();
        Map<String, Object> compose = ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml"));
        Map<String, Object> settings = ComposeFile.mapping(at(scoring, "spec", "flinkConfiguration"));
        assertThat(settings).containsEntry("env.java.opts.all", compose.get("env.java.opts.all"));
        assertThat(at(scoring, "spec", "jobManager", "resource", "memory"))
                .isEqualTo(compose.get("jobmanager.memory.process.size"));
        assertThat(at(scoring, "spec", "taskManager", "resource", "memory"))
                .isEqualTo(compose.get("taskmanager.memory.process.size"));
        Set<String> known = FlinkOptions.keys();
        assertThat(settings.keySet())
                .allMatch(key -> known.contains(key)
                        || key.startsWith("metrics.reporter.prom.")
                        || key.startsWith("kubernetes.operator."));
        assertThat(settings.values()).allMatch(String.class::isInstance, "the operator takes texts only");
        assertThat(at(scoring, "spec", "job", "args")).isEqualTo(List.of("--config", "/etc/noether/detector.yaml"));
    }

    @Test
    void mainClassesOfTheProcessesExist() throws IOException {
        for (Map<String, Object> deployment : ofKind("Deployment")) {
            String first = String.valueOf(
                    list(container(podOf(deployment)).get("args")).get(0));
            if (first.startsWith("dev.noether")) {
                assertThatCode(() -> Class.forName(first).getMethod("main", String[].class))
                        .doesNotThrowAnyException();
            } else {
                assertThat(first).isEqualTo("console");
            }
        }
    }

    private static Map<String, Object> scoring() throws IOException {
        return ofKind("FlinkDeployment").get(0);
    }

    private static Set<String> names(String kind) throws IOException {
        Set<String> names = new TreeSet<>();
        ofKind(kind).forEach(resource -> names.add(name(resource)));
        return names;
    }

    private static List<Map<String, Object>> pods() throws IOException {
        List<Map<String, Object>> pods = new ArrayList<>();
        pods.add(podOf(scoring()));
        ofKind("Deployment").forEach(deployment -> pods.add(podOf(deployment)));
        return pods;
    }

    private static Map<String, Object> podOf(Map<String, Object> resource) {
        return ComposeFile.mapping(
                resource.get("kind").equals("Deployment")
                        ? at(resource, "spec", "template", "spec")
                        : at(resource, "spec", "podTemplate", "spec"));
    }

    private static Map<String, Object> container(Map<String, Object> pod) {
        return ComposeFile.mapping(list(pod.get("containers")).get(0));
    }

    private static List<String> paths(Map<String, Object> pod) {
        return list(container(pod).get("volumeMounts")).stream()
                .map(mount -> String.valueOf(((Map<?, ?>) mount).get("mountPath")))
                .toList();
    }

    private static Set<String> composeImages() {
        Set<String> images = new TreeSet<>();
        ComposeFile.read(ProjectFiles.file("docker-compose.yml"))
                .services()
                .values()
                .forEach(service -> images.add(service.image()));
        return images;
    }

    /** The operator whose classes can be had knows Flink up to 1.20. */
    private static Map<String, Object> ofAKnownVersionOfFlink(Map<String, Object> resource) {
        if (!resource.get("kind").equals("FlinkDeployment")) {
            return resource;
        }
        Map<String, Object> changed = new HashMap<>(resource);
        Map<String, Object> spec = new HashMap<>(ComposeFile.mapping(resource.get("spec")));
        spec.computeIfPresent("flinkVersion", (key, version) -> "v1_20");
        changed.put("spec", spec);
        return changed;
    }
}

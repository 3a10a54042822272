package dev.noether.testing.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The services of the compose files as processes of this machine: their own command lines, environments, scripts and
 * configuration files, with container paths, host names and ports exchanged for local ones and nothing else. What an
 * image copies is taken from where the same build on this machine puts it. The base images are stood in for by {@link
 * FlinkHome}, a copy of the Flink entry point, and the set-up class of the Kafka image itself.
 *
 * <p>Each started process is ended by {@link #close}, and by a shutdown hook if the own JVM ends before. Not thread
 * safe.
 */
public final class ProcessStack implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    /** As often as docker-compose.yml restarts the service. */
    private static final int TOPICS_RESTARTS = 5;

    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final String JAVA = JAVA_HOME + "/bin/java";

    private final ComposeFile compose;
    private final ImageFile images = ImageFile.read(ProjectFiles.file("deploy/docker/Dockerfile"));
    private final Path folder;
    private final Path logs;
    private final FlinkHome flink;
    private final Ports ports;
    private final ContainerPaths paths;
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private final List<String> kafkaLines = new ArrayList<>();
    private final List<ChildProcess> started = new CopyOnWriteArrayList<>();
    private final Thread shutdownHook = new Thread(() -> started.forEach(ChildProcess::destroyNow), "end-processes");

    /** Ports in place of the compose files' ones. */
    private record Ports(int kafka, int controller, int host, int jobManager, int rest, int taskManager) {
        static Ports free() {
            int[] ports = FreePorts.take(6);
            return new Ports(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5]);
        }
    }

    private ProcessStack(ComposeFile compose, Path folder) throws IOException {
        this.compose = compose;
        this.folder = folder;
        this.logs = Files.createDirectories(folder.resolve("logs"));
        this.flink = FlinkHome.create(folder.resolve("flink"));
        this.paths = new ContainerPaths(folder, flink);
        this.ports = Ports.free();
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        translate();
    }

    /** Lays everything out in an empty folder and starts nothing. */
    public static ProcessStack create(Path folder, ComposeFile compose) {
        try {
            return new ProcessStack(compose, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out the services in " + folder, e);
        }
    }

    /** The folder that stands for Flink's image. */
    public FlinkHome flink() {
        return flink;
    }

    /** The address of the broker. */
    public String bootstrapServers() {
        return "localhost:" + ports.kafka();
    }

    /** The port of Flink's REST interface. */
    public int restPort() {
        return ports.rest();
    }

    /** Exchanges further words in command lines, such as the job's class for another. */
    public void replace(String word, String replacement) {
        paths.put(word, replacement);
    }

    /** Sets an environment variable of every process that is started from now on, over what the compose files say. */
    public void setEnvironment(String variable, String value) {
        overrides.put(variable, value);
    }

    /** The folder that stands for a named volume. */
    public Path volume(String name) {
        return paths.volume(name);
    }

    /** Starts Kafka as its image does: the image's own class merges the configuration and formats the storage. */
    public ChildProcess startKafka() {
        Path configuration = folder.resolve("kafka-configuration");
        if (!Files.exists(configuration)) {
            setUpKafka(configuration);
        }
        return start(
                "kafka",
                List.of(
                        JAVA,
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        kafkaClassPath(),
                        "kafka.Kafka",
                        configuration.resolve("server.properties").toString()),
                Map.of());
    }

    /** Runs the service that creates the topics to its end; like compose, starts it again while Kafka is not up. */
    public void createTopics(ChildProcess kafka) {
        ChildProcess topics = start("topics");
        for (int restarts = 0; topics.awaitExit(START) != 0; restarts++) {
            if (restarts == TOPICS_RESTARTS) {
                throw topics.failure(
                        String.valueOf(kafka.failure("was asked for topics").getMessage()));
            }
            topics = start("topics");
        }
    }

    /** Starts a service with the words that its compose file gives it. */
    public ChildProcess start(String name) {
        ComposeService service = compose.service(name);
        List<String> words = new ArrayList<>(service.entryPoint());
        if (words.isEmpty() && !service.buildTarget().isEmpty()) {
            words.addAll(entryPointOfImage(images.stage(service.buildTarget())));
        }
        words.addAll(service.command());
        return start(name, words.stream().map(paths::local).toList(), environment(service));
    }

    /** Runs Flink's command line as {@code docker compose exec jobmanager flink …} does. */
    public ChildProcess runFlink(String... words) {
        List<String> command = new ArrayList<>(
                List.of(JAVA, "-cp", flink.folder() + "/lib/*", "org.apache.flink.client.cli.CliFrontend"));
        command.addAll(List.of(words));
        return start("flink", command, environment(compose.service("jobmanager")));
    }

    /** Appends a line to Flink's configuration, for processes that are started from now on. */
    public void configureFlink(String line) {
        append(folder.resolve("deploy/flink/config.yaml"), line);
    }

    /** Appends a line to the broker's configuration. Has an effect only before the broker's first start. */
    public void configureKafka(String line) {
        kafkaLines.add(line);
    }

    /** The folder with the outputs of the processes. */
    public Path logs() {
        return logs;
    }

    /** The detector's file: a copy with local names and ports, which may be changed before the services start. */
    public Path detectorFile() {
        return folder.resolve("deploy/detector.yaml");
    }

    /** Runs a service's health check once; whether it says healthy. */
    public boolean isHealthy(String name) {
        List<String> words =
                compose.service(name).healthCheck().stream().map(paths::local).toList();
        ChildProcess check = start(name + "-health", words, Map.of());
        return check.awaitExit(START) == 0;
    }

    /** Waits until the health check of a service says healthy; fails if its process ends before. */
    public void awaitHealthy(String name, ChildProcess process, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isHealthy(name)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw process.failure("did not become healthy within " + timeout);
            }
            pause(Duration.ofMillis(500));
        }
    }

    /** Waits until the health check of a service no longer says healthy. */
    public void awaitUnhealthy(String name, ChildProcess process, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (isHealthy(name)) {
            if (System.nanoTime() > deadline) {
                throw process.failure("is still healthy after " + timeout);
            }
            pause(Duration.ofMillis(500));
        }
    }

    /** Sleeps. */
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Ends all processes, the last started first. */
    @Override
    public void close() {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).close();
        }
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
    }

    private ChildProcess start(String name, List<String> words, Map<String, String> environment) {
        Map<String, String> whole = new LinkedHashMap<>(environment);
        whole.putAll(overrides);
        whole.put("JAVA_HOME", JAVA_HOME);
        whole.put("FLINK_HOME", flink.folder().toString());
        ChildProcess process = ChildProcess.start(
                name, words, whole, flink.folder(), logs.resolve(name + "-" + started.size() + ".log"));
        started.add(process);
        return process;
    }

    private Map<String, String> environment(ComposeService service) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (!service.buildTarget().isEmpty()) {
            images.stage(service.buildTarget())
                    .environment()
                    .forEach((key, value) -> environment.put(key, paths.local(value)));
        }
        service.environment().forEach((key, value) -> environment.put(key, paths.local(value)));
        return environment;
    }

    private static List<String> entryPointOfImage(ImageStage image) {
        return image.entryPoint().isEmpty() ? List.of("/docker-entrypoint.sh") : image.entryPoint();
    }

    private void translate() throws IOException {
        paths.put("/docker-entrypoint.sh", standIn("docker-entrypoint.sh").toString());
        paths.put("kafka:9092", bootstrapServers());
        paths.put("localhost:8081", "localhost:" + ports.rest());
        paths.put("/dev/tcp/localhost/6122", "/dev/tcp/localhost/" + ports.taskManager());
        paths.put("/tmp/retrainer.healthy", folder.resolve("retrainer.healthy").toString());
        for (ComposeService service : compose.services().values()) {
            for (ComposeMount mount : service.mounts()) {
                if (paths.show(mount) && paths.isConfiguration(mount)) {
                    copyConfiguration(mount.source());
                }
            }
        }
        // Mounts hide what an image has at the same path, so they come first.
        for (ComposeService service : compose.services().values()) {
            if (!service.buildTarget().isEmpty()) {
                for (ImageCopy copy : images.stage(service.buildTarget()).copies()) {
                    paths.show(copy);
                }
            }
        }
    }

    private void copyConfiguration(String source) throws IOException {
        Path original = ProjectFiles.file(source);
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy =
                        folder.resolve(source).resolve(original.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, localConfiguration(Files.readString(file)));
            }
        }
    }

    private String localConfiguration(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String host : List.of("jobmanager.rpc.address", "rest.address")) {
            values.put(host, "localhost");
        }
        for (String host : List.of("jobmanager.bind-host", "rest.bind-address", "taskmanager.bind-host")) {
            values.put(host, "127.0.0.1");
        }
        values.put("jobmanager.rpc.port", Integer.toString(ports.jobManager()));
        values.put("rest.port", Integer.toString(ports.rest()));
        values.put("taskmanager.rpc.port", Integer.toString(ports.taskManager()));
        values.put("blob.server.port", "0");
        String local = text.replace("kafka:9092", bootstrapServers());
        for (Map.Entry<String, String> value : values.entrySet()) {
            local = local.replaceAll(
                    "(?m)^(" + value.getKey().replace(".", "\\.") + "): .*$", "$1: " + value.getValue());
        }
        local = local.replace("/opt/noether/data", folder.resolve("volumes").toString());
        boolean flinkConfiguration = local.contains("jobmanager.rpc.address:");
        return flinkConfiguration ? local + "\ntaskmanager.host: localhost\nio.tmp.dirs: " + folder + "/tmp\n" : local;
    }

    private void setUpKafka(Path configuration) {
        try {
            Path mounted = Files.createDirectories(folder.resolve("kafka-mounted"));
            Files.writeString(
                    mounted.resolve("server.properties"),
                    Files.readString(ProjectFiles.file("deploy/kafka/server.properties"))
                            .replace("/var/lib/kafka/data", volume("broker-log").toString())
                            .replace("://:9092", "://127.0.0.1:" + ports.kafka())
                            .replace("://kafka:9092", "://localhost:" + ports.kafka())
                            .replace("@kafka:9093", "@localhost:" + ports.controller())
                            .replace("://:9093", "://127.0.0.1:" + ports.controller())
                            .replace("://:29092", "://127.0.0.1:" + ports.host())
                            .replace("localhost:29092", "localhost:" + ports.host()));
            kafkaLines.forEach(line -> append(mounted.resolve("server.properties"), line));
            // What the image itself has where nothing else is mounted.
            Path defaults = Files.createDirectories(folder.resolve("kafka-defaults"));
            Files.writeString(defaults.resolve("server.properties"), "");
            for (String file : List.of("log4j2.yaml", "tools-log4j2.yaml")) {
                Files.copy(standIn("kafka-log4j2.yaml"), defaults.resolve(file));
            }
            Files.createDirectories(configuration);
            ChildProcess setUp = start(
                    "kafka-setup",
                    List.of(
                            JAVA,
                            "-Xmx256m",
                            "-cp",
                            kafkaClassPath(),
                            "kafka.docker.KafkaDockerWrapper",
                            "setup",
                            "--default-configs-dir",
                            defaults.toString(),
                            "--mounted-configs-dir",
                            mounted.toString(),
                            "--final-configs-dir",
                            configuration.toString()),
                    Map.of("CLUSTER_ID", compose.service("kafka").environment().get("CLUSTER_ID")));
            if (setUp.awaitExit(START) != 0) {
                throw setUp.failure("could not set Kafka up");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Kafka's configuration", e);
        }
    }

    private Path standIn(String name) {
        Path copy = folder.resolve("stand-ins").resolve(name);
        if (!Files.exists(copy)) {
            try (var original = ProcessStack.class.getResourceAsStream(name)) {
                Files.createDirectories(copy.getParent());
                Files.copy(original, copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot copy " + name, e);
            }
        }
        return copy;
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String kafkaClassPath() {
        return String.join(
                java.io.File.pathSeparator,
                FlinkHome.classPath().stream()
                        .filter(jar -> jar.endsWith(".jar"))
                        .toList());
    }
}

package dev.noether.cli.infer;

import dev.noether.cli.command.Output;
import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.KafkaSection;
import dev.noether.flink.config.RegistrySection;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.source.registry.RegistrySchemas;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether infer}. */
@Command(
        name = "infer",
        header = "Look at a topic, and write the detector file that reads it.",
        description = {
            "Reads the newest records and changes nothing in Kafka.",
            "Recognises the format, what names the entity, the time and its unit, and the numeric features.",
            "Each guess has its reason in the file.",
            "Exit code 0: the file is written; 1: no detector can read the records, and the reason is shown."
        },
        footer = "Example: ./noether infer --bootstrap localhost:9092 --topic host-metrics")
public final class InferCommand implements Callable<Integer> {
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_RECORDS = 10_000;
    private static final int ROWS_SHOWN = 3;
    private static final int FEATURES_SHOWN = 6;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--bootstrap",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Address of a Kafka broker.")
    String bootstrap = "";

    @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "Topic with the records.")
    String topic = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Address of the schema registry, for Avro with the number of a schema.")
    String registry = "";

    @Option(
            names = "--client-properties",
            paramLabel = "FILE",
            description =
                    "Settings of Kafka's clients, as name=value lines. Secrets must be $${env:NAME} or $${file:/path}.")
    @Nullable
    Path clientProperties;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write; - for the screen (default: the topic's name with .yaml).")
    String out = "";

    @Option(names = "--force", description = "Replace the file if it exists.")
    boolean isForced;

    @Override
    public Integer call() {
        LogFile.in(Path.of(".noether"));
        PrintWriter screen = Output.of(spec);
        Map<String, String> properties = properties();
        DetectorConfig connection = connection(properties);
        screen.println("Asking Kafka at " + bootstrap + "; it has " + SampledRecords.TIMEOUT.toSeconds()
                + " seconds for each answer.");
        SampledRecords sample = read(connection);
        if (sample.records().isEmpty()) {
            screen.println("The topic " + topic + " has no record with a value; send some, then try again.");
            return ExitCode.FAILED;
        }
        RegistrySchemas schemas =
                registry.isEmpty() ? null : new RegistrySchemas(connection.registry(), REGISTRY_PATIENCE);
        Inference found = Inference.of(sample.records(), schemas, System.currentTimeMillis());
        screen.printf(
                Locale.ROOT,
                "Read the newest %,d of about %,d records of %s: %s.%n",
                found.records(),
                sample.inTopic(),
                topic,
                found.words());
        if (!found.obstacle().isEmpty()) {
            screen.println("No detector can read them: " + found.obstacle() + ".");
            found.features().forEach(feature -> screen.println("  " + feature.path() + ": " + feature.reason()));
            return ExitCode.FAILED;
        }
        String text = new DetectorDraft(topic, bootstrap, properties, registry).text(found);
        DetectorConfig config = DetectorConfig.parse(text, "the detector file");
        if (out.equals("-")) {
            screen.println(text);
        } else {
            Path file = Path.of(out.isEmpty() ? config.detector() + ".yaml" : out);
            write(file, text);
            screen.println();
            screen.println(text.stripTrailing());
            screen.println();
            screen.println("Written to " + file + ".");
            if (config.source().isImported()) {
                new ImportPreview(config, REGISTRY_PATIENCE).show(sample.records(), screen);
            } else {
                showRows(config, sample.records(), screen);
            }
            screen.println("Next: ./noether topics create --config " + file + ", then ./noether check --config " + file
                    + ", then ./noether run --config " + file);
        }
        return ExitCode.DONE;
    }

    private SampledRecords read(DetectorConfig connection) {
        try {
            return SampledRecords.read(connection, topic, MOST_RECORDS);
        } catch (TimeoutException e) {
            throw new BadUseException("Kafka at " + bootstrap + " did not answer within "
                    + SampledRecords.TIMEOUT.toSeconds()
                    + " seconds. Check the address; if it is right, the broker has too "
                    + "much to do: try again. (Kafka's own words: " + e.getMessage() + ")");
        }
    }

    /** A configuration with the connections alone. */
    private DetectorConfig connection(Map<String, String> properties) {
        try {
            DetectorConfig config = DetectorConfig.withDefaults("infer", new FeatureSchema(List.of("none")))
                    .withBootstrap(bootstrap)
                    .with(KafkaSection.PROPERTIES, properties);
            return registry.isEmpty() ? config : config.with(RegistrySection.URL, registry);
        } catch (IllegalArgumentException e) {
            throw new BadUseException(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> properties() {
        Map<String, String> settings = new TreeMap<>();
        Path file = clientProperties;
        if (file == null) {
            return settings;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties read = new Properties();
            read.load(reader);
            read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
            settings.remove("bootstrap.servers");
            return settings;
        } catch (IOException | IllegalArgumentException e) {
            throw new BadUseException("--client-properties: " + file + " cannot be read: " + e.getMessage());
        }
    }

    private void write(Path file, String text) {
        try {
            if (isForced) {
                Files.writeString(file, text);
            } else {
                Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw new BadUseException(file + " exists already; give --force to replace it, or --out FILE");
        } catch (IOException e) {
            throw new BadUseException(file + " cannot be written: " + e.getMessage());
        }
    }

    /** Shows the newest rows as a detector reads them, and why records are rejected. */
    private static void showRows(
            DetectorConfig config, List<ConsumerRecord<byte[], byte[]>> sample, PrintWriter screen) {
        ObservationDeserializer reader = ObservationDeserializer.waiting(config, REGISTRY_PATIENCE);
        List<ObservationRow> newest = new ArrayList<>();
        int rejected = 0;
        String reason = "";
        for (ConsumerRecord<byte[], byte[]> record : sample) {
            IngestResult result = reader.ingest(record);
            if (result instanceof RejectedRecord bad) {
                rejected++;
                reason = reason.isEmpty() ? bad.rejected().error() : reason;
            } else {
                newest.add((ObservationRow) result);
            }
        }
        screen.println("The newest records, as the detector reads them:");
        for (ObservationRow row : newest.subList(Math.max(0, newest.size() - ROWS_SHOWN), newest.size())) {
            screen.println(
                    "  " + Instant.ofEpochMilli(row.eventTime()) + "  " + row.entity() + "  " + values(config, row));
        }
        if (rejected > 0) {
            screen.printf(
                    Locale.ROOT,
                    "%,d of %,d records would be rejected, the first because %s.%n",
                    rejected,
                    sample.size(),
                    reason);
        }
    }

    private static String values(DetectorConfig config, ObservationRow row) {
        List<String> names = config.features().names();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(FEATURES_SHOWN, names.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(names.get(i)).append(" = ").append(row.values()[i]);
        }
        int more = names.size() - FEATURES_SHOWN;
        return more > 0 ? text + " and " + more + " more" : text.toString();
    }
}

package dev.noether.flink.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RuleSection;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.ScoreCodec;
import dev.noether.testing.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A folder of text with a savepoint of the streaming job, the models that it names, the observations behind it, and the
 * scores and incidents that the version which wrote it made of them. A later version must make the same.
 *
 * <p>The job runs between {@link RecordedSource} and {@link HexSink}: the state of its operators is in the savepoint,
 * that of Kafka's sources and sinks, which is Flink's own, is not. {@link SavepointFixtureIT} writes such folders.
 */
final class SavepointFixture {
    private static final String CONFIG = "detector.yaml";
    private static final String CALENDAR = "maintenance.ics";
    private static final String SAVEPOINT = "savepoint.base64";
    private static final String MODEL = "model-";
    private static final String BASE64 = ".base64";
    /** On each line the offset of a record, and its bytes. */
    private static final String OBSERVATIONS = "observations.hex";

    private static final String SCORES = "scores.hex";
    private static final String INCIDENTS = "incidents.hex";
    private static final String REJECTED = "rejected.hex";

    private static final int COLUMNS = 100;
    /** Where a configuration names files, which are others on each machine. */
    private static final Pattern FILES = Pattern.compile("(?m)^ +(store|directory|calendar): .*\n");

    private final Path folder;

    private SavepointFixture(Path folder) {
        this.folder = folder;
    }

    /** One that is kept among the tests' resources. */
    static SavepointFixture stored(String name) throws URISyntaxException {
        return new SavepointFixture(Path.of(
                requireNonNull(SavepointFixture.class.getResource(name), name).toURI()));
    }

    /**
     * Writes one.
     *
     * @param folder where it will lie; its name becomes part of the models' addresses
     * @param scratch an empty directory
     */
    static SavepointFixture write(Path folder, Path scratch) throws Exception {
        Files.createDirectories(folder);
        SavepointFixture fixture = new SavepointFixture(folder);
        DetectorConfig config = SavepointScenario.config();
        Files.writeString(folder.resolve(CONFIG), FILES.matcher(config.toYaml()).replaceAll(""));
        Files.writeString(folder.resolve(CALENDAR), SavepointScenario.calendar());
        List<byte[]> releases = new ArrayList<>();
        for (int i = 0; i < SavepointScenario.MODEL_ROUNDS.size(); i++) {
            byte[] artifact = ArtifactCodec.encode(SavepointScenario.model(i));
            int version = i + 1;
            String name = MODEL + version + BASE64;
            Files.writeString(folder.resolve(name), base64(artifact));
            ModelRelease release = TestingModels.release(
                    config.detector(),
                    version,
                    SavepointScenario.time(SavepointScenario.MODEL_ROUNDS.get(i)),
                    fixture.address(name).toString(),
                    ArtifactCodec.hash(artifact),
                    config.features());
            releases.add(new ModelReleaseCodec().encode(release));
        }
        fixture.writeSavepoint(releases, scratch);
        Path after = Files.createDirectory(scratch.resolve("after"));
        fixture.goOn(after);
        Files.copy(after.resolve(SCORES), folder.resolve(SCORES));
        Files.copy(after.resolve(INCIDENTS), folder.resolve(INCIDENTS));
        return fixture;
    }

    private void writeSavepoint(List<byte[]> releases, Path scratch) throws Exception {
        SavepointScenario scenario = new SavepointScenario();
        List<byte[]> before = encode(scenario.before());
        List<byte[]> after = encode(scenario.after());
        Files.write(
                folder.resolve(OBSERVATIONS),
                IntStream.range(0, after.size())
                        .mapToObj(
                                i -> (before.size() + i) + " " + HexFormat.of().formatHex(after.get(i)))
                        .toList());
        placeModels();
        Path out = Files.createDirectory(scratch.resolve("before"));
        DetectorConfig config = config(out);
        JobClient job = start(config, source(config, 0, before, false), new Releases(releases), null, out);
        Path scores = out.resolve(SCORES);
        Patience.await(
                before.size() + " scores",
                () -> Files.exists(scores) && Files.readAllLines(scores).size() == before.size(),
                () -> Files.exists(scores) ? "a file of them" : "none");
        String address = job.stopWithSavepoint(
                        false, scratch.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        Path savepoint = Path.of(URI.create(address));
        try (Stream<Path> files = Files.list(savepoint)) {
            assertThat(files)
                    .as("a savepoint in one file")
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("_metadata");
        }
        Files.writeString(
                folder.resolve(SAVEPOINT), base64(zipped(Files.readAllBytes(savepoint.resolve("_metadata")))));
    }

    /** What the version that wrote it made of the observations. */
    Judged expected() throws Exception {
        return read(folder);
    }

    /**
     * Goes on from the savepoint.
     *
     * @param out an empty directory
     * @return what this version makes of the observations
     */
    Judged goOn(Path out) throws Exception {
        placeModels();
        Path savepoint = Files.createDirectory(out.resolve("savepoint"));
        Files.write(savepoint.resolve("_metadata"), savepoint());
        DetectorConfig config = config(out);
        List<byte[]> records = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve(OBSERVATIONS));
        for (String line : lines) {
            records.add(HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1)));
        }
        long first = Long.parseLong(lines.get(0).substring(0, lines.get(0).indexOf(' ')));
        start(config, source(config, first, records, true), KnownReleases.NONE, savepoint, out)
                .getJobExecutionResult()
                .get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(Files.readAllLines(out.resolve(REJECTED))).isEmpty();
        return read(out);
    }

    private static Judged read(Path place) throws Exception {
        return Judged.read(place.resolve(SCORES), place.resolve(INCIDENTS));
    }

    /** The savepoint, all of whose state is in this one file. */
    private byte[] savepoint() throws IOException {
        byte[] zipped = Base64.getMimeDecoder().decode(Files.readAllBytes(folder.resolve(SAVEPOINT)));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        }
    }

    private JobClient start(
            DetectorConfig config,
            RecordedSource<IngestResult> observations,
            KnownReleases known,
            @Nullable Path savepoint,
            Path out)
            throws Exception {
        Configuration settings = JobSettings.of(config);
        settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // The source says when event time advances.
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
        settings.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
        settings.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
        if (savepoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        ScoringJob.define(
                environment,
                config,
                observations,
                RecordedSource.empty(savepoint != null),
                known,
                new HexSink<>(out.resolve(SCORES), score -> new ScoreCodec().encode(score)),
                new HexSink<>(out.resolve(INCIDENTS), incident -> new IncidentCodec().encode(incident)),
                new HexSink<>(out.resolve(REJECTED), rejected -> new RejectedCodec().encode(rejected)));
        return environment.executeAsync(ScoringJob.name(config));
    }

    private static RecordedSource<IngestResult> source(
            DetectorConfig config, long firstOffset, List<byte[]> records, boolean ends) {
        return new RecordedSource<>(records, new Observations(config, firstOffset), ends);
    }

    /** Reads records as the job reads those of its topic. */
    private static final class Observations implements RecordedSource.Decoder<IngestResult> {
        private static final long serialVersionUID = 1L;

        private final ObservationDeserializer deserializer;
        private final String topic;
        private final long firstOffset;
        private final long disorderMillis;

        Observations(DetectorConfig config, long firstOffset) {
            this.deserializer = new ObservationDeserializer(config);
            this.topic = config.topics().observations();
            this.firstOffset = firstOffset;
            this.disorderMillis = config.entities().disorder().toMillis();
        }

        @Override
        public IngestResult decode(int index, byte[] bytes) {
            return deserializer.ingest(new ConsumerRecord<>(topic, 0, firstOffset + index, null, bytes));
        }

        @Override
        public long over(IngestResult record) {
            return record instanceof ObservationRow row ? row.eventTime() - disorderMillis - 1 : Long.MIN_VALUE;
        }
    }

    /** The releases that the job starts with. */
    private static final class Releases implements KnownReleases {
        private static final long serialVersionUID = 1L;

        private final byte[][] releases;

        Releases(List<byte[]> releases) {
            this.releases = releases.toArray(new byte[0][]);
        }

        @Override
        public List<ModelRelease> read() {
            List<ModelRelease> read = new ArrayList<>();
            for (byte[] release : releases) {
                try {
                    read.add(new ModelReleaseCodec().decode(release));
                } catch (MalformedRecordException e) {
                    throw new IllegalStateException("a release that was encoded here cannot be read", e);
                }
            }
            return read;
        }
    }

    private DetectorConfig config(Path scratch) throws IOException {
        return DetectorConfig.parse(Files.readString(folder.resolve(CONFIG)), CONFIG)
                .withCheckpointDirectory(scratch.resolve("checkpoints").toUri())
                .with(RuleSection.CALENDAR, folder.resolve(CALENDAR).toString());
    }

    /** Where the state says that a model lies: below the build directory, from which tests run. */
    private Path address(String model) {
        return Path.of("target", folder.getFileName().toString(), model.replace(BASE64, ".avro"));
    }

    private void placeModels() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(MODEL)) {
                    Files.createDirectories(requireNonNull(address(name).getParent()));
                    Files.write(address(name), Base64.getMimeDecoder().decode(Files.readAllBytes(file)));
                }
            }
        }
    }

    private static List<byte[]> encode(List<Observation> observations) {
        ObservationCodec codec = new ObservationCodec();
        return observations.stream().map(codec::encode).collect(Collectors.toList());
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes) + "\n";
    }
}

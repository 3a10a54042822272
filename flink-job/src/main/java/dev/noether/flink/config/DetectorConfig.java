package dev.noether.flink.config;

import dev.noether.model.feature.FeatureSchema;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration of one detector. Immutable. Each part checks its values when it is created, so an existing
 * configuration is valid.
 *
 * <p>It is serialized as its YAML text. In this form it is sent to a Flink job and written into a model's provenance.
 * It contains no secret, see {@link KafkaConfig}.
 *
 * @param detector name of the detector
 * @param features values that one entity reports at one instant
 * @param execution how the scoring job runs on Flink
 * @param streams what the jobs read and write
 * @param modelling the model and its training
 * @param alerting from scores to alerts
 */
public record DetectorConfig(
        String detector,
        FeatureSchema features,
        ExecutionOptions execution,
        StreamOptions streams,
        ModellingOptions modelling,
        AlertingOptions alerting)
        implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorConfig.class);

    public DetectorConfig {
        GeneralSection.DETECTOR.check(detector);
        alerting.rules().checkAgainst(features, streams.output().contributions());
        streams.source().checkAgainst(features);
    }

    /**
     * Reads a file, checks that each secret and file that it names exists, and logs warnings.
     *
     * @throws ConfigurationException with every problem of the file
     */
    public static DetectorConfig load(Path file) {
        return load(file, LOG::warn);
    }

    /**
     * Reads a file, and checks that each secret and file that it names exists.
     *
     * @param warnings called with each warning in one line, such as a key that no longer has an effect
     * @throws ConfigurationException with every problem of the file
     */
    public static DetectorConfig load(Path file, Consumer<String> warnings) {
        return ConfigurationReader.load(file, Placeholders.ofSystem(), warnings);
    }

    /**
     * Reads a text. Secrets are not resolved.
     *
     * @param yaml text of a configuration file
     * @param source origin of the text, for messages
     * @throws ConfigurationException with every problem of the text
     */
    public static DetectorConfig parse(String yaml, String source) {
        return ConfigurationReader.parse(yaml, source, LOG::warn);
    }

    /** Returns a configuration in which all other values have their defaults. */
    public static DetectorConfig withDefaults(String detector, FeatureSchema features) {
        return of(new OptionValues()
                .put(GeneralSection.DETECTOR, detector)
                .put(GeneralSection.FEATURES, features.names()));
    }

    /**
     * Returns a copy with one value changed. The topics keep their names when the detector's name changes.
     *
     * @throws IllegalArgumentException if the value, or its combination with others, is not allowed
     */
    public <T> DetectorConfig with(Option<T> option, T value) {
        return of(OptionValues.of(this).put(option, value));
    }

    /** Returns a copy with another Kafka cluster. */
    public DetectorConfig withBootstrap(String bootstrapServers) {
        return with(KafkaSection.BOOTSTRAP_SERVERS, bootstrapServers);
    }

    /** Returns a copy with another model store. */
    public DetectorConfig withModelStore(URI directory) {
        return with(ModelSection.STORE, directory);
    }

    /** Returns a copy with another checkpoint directory. */
    public DetectorConfig withCheckpointDirectory(URI directory) {
        return with(CheckpointSection.DIRECTORY, directory);
    }

    /** Returns every key with its value, as YAML that {@link #parse} reads back to an equal configuration. */
    public String toYaml() {
        return ConfigurationWriter.write(this);
    }

    /** Number of rows of an entity, the judged one included, that must exist before it can be judged. */
    public int contextRows() {
        int forecastRows = model().forecastRows();
        return forecastRows == 0 ? window().rows() : Math.max(window().rows(), forecastRows + 1);
    }

    /** Signatures of model artifacts. */
    public SigningOptions signing() {
        return modelling.signing();
    }

    /** Number of subtasks of each operator. */
    public int parallelism() {
        return execution.parallelism();
    }

    /** Whether scores and rejected records are written in Kafka transactions. */
    public boolean exactlyOnce() {
        return execution.exactlyOnce();
    }

    /** Sizes of the micro-batches. */
    public MicroBatchOptions microBatch() {
        return execution.microBatch();
    }

    /** Interval and directory of the checkpoints. */
    public CheckpointOptions checkpoints() {
        return execution.checkpoints();
    }

    /** Connection to Kafka. */
    public KafkaConfig kafka() {
        return streams.kafka();
    }

    /** Names of the topics. */
    public TopicNames topics() {
        return streams.topics();
    }

    /** How a record of the observations topic becomes an observation. */
    public SourceOptions source() {
        return streams.source();
    }

    /** The schema registry that the records' schemas are in. */
    public RegistryOptions registry() {
        return streams.registry();
    }

    /** Rules for the observations of an entity. */
    public EntityOptions entities() {
        return streams.entities();
    }

    /** Amount of detail and sizes of the written records. */
    public OutputOptions output() {
        return streams.output();
    }

    /** Size of the model's input. */
    public WindowOptions window() {
        return modelling.window();
    }

    /** Network, engine and store. */
    public ModelOptions model() {
        return modelling.model();
    }

    /** When and how a model is trained. */
    public RetrainingOptions retraining() {
        return modelling.retraining();
    }

    /** Budget of false alarms. */
    public AlarmOptions alarms() {
        return alerting.alarms();
    }

    /** How anomalous scores become incidents. */
    public IncidentOptions incidents() {
        return alerting.incidents();
    }

    /** Rules that suppress anomalous scores. */
    public RuleOptions rules() {
        return alerting.rules();
    }

    /** Who is told about incidents. */
    public NotifyOptions notifying() {
        return alerting.notifying();
    }

    /** The page that shows what the detector finds. */
    public ConsoleOptions console() {
        return alerting.console();
    }

    static DetectorConfig of(OptionValues values) {
        return new DetectorConfig(
                values.get(GeneralSection.DETECTOR),
                new FeatureSchema(values.get(GeneralSection.FEATURES)),
                ExecutionOptions.of(values),
                StreamOptions.of(values),
                ModellingOptions.of(values),
                AlertingOptions.of(values));
    }

    private Object writeReplace() {
        return new SerializedText(toYaml());
    }

    /** Serialized form of a configuration. */
    private record SerializedText(String yaml) implements Serializable {
        private Object readResolve() {
            return parse(yaml, "serialized configuration");
        }
    }
}

package dev.noether.flink.config;

import dev.noether.model.feature.FeatureSchema;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;

/**
 * All that is set for one detector. Immutable; each part checks itself, so that one that exists is usable.
 *
 * <p>Serializable as its YAML text: that is how it travels into a Flink job and into a model's provenance. It holds no
 * secret, see {@link KafkaConfig}.
 *
 * @param detector the detector's name
 * @param features what one entity reports at one instant
 * @param parallelism subtasks of each operator
 * @param exactlyOnce whether scores and rejected records are written in Kafka transactions
 * @param kafka how to reach Kafka
 * @param topics the topics
 * @param entities how the entities' observations come
 * @param window what the model sees at once
 * @param model the network and where its artifacts lie
 * @param retraining how a model is trained anew
 * @param alarms when an entity raises an alarm
 * @param microBatch how many windows go through the network at once
 * @param output what is written
 * @param incidents how anomalous scores become incidents
 * @param rules what suppresses an anomalous score
 * @param checkpoints how the job remembers where it was
 */
public record DetectorConfig(
        String detector,
        FeatureSchema features,
        int parallelism,
        boolean exactlyOnce,
        KafkaConfig kafka,
        Topics topics,
        EntityOptions entities,
        WindowOptions window,
        ModelOptions model,
        RetrainingOptions retraining,
        AlarmOptions alarms,
        MicroBatchOptions microBatch,
        OutputOptions output,
        IncidentOptions incidents,
        RuleOptions rules,
        CheckpointOptions checkpoints)
        implements Serializable {
    public DetectorConfig {
        Options.DETECTOR.check(detector);
        Options.PARALLELISM.check(parallelism);
        rules.checkAgainst(features, output.contributions());
    }

    /**
     * Reads a file, and makes sure that each secret and each file it names is there.
     *
     * @throws ConfigurationException with every problem, if there is any
     */
    public static DetectorConfig load(Path file) {
        return ConfigurationReader.load(file, Placeholders.ofSystem());
    }

    /**
     * Reads a text. Secrets are not looked up.
     *
     * @param yaml the text
     * @param source where it came from, for messages
     * @throws ConfigurationException with every problem, if there is any
     */
    public static DetectorConfig parse(String yaml, String source) {
        return ConfigurationReader.parse(yaml, source);
    }

    /** A configuration in which everything else has its default. */
    public static DetectorConfig withDefaults(String detector, FeatureSchema features) {
        return of(new OptionValues().put(Options.DETECTOR, detector).put(Options.FEATURES, features.names()));
    }

    /**
     * The same with one value changed. The topics keep their names when the detector's changes.
     *
     * @throws IllegalArgumentException if the value, or its combination with others, is not allowed
     */
    public <T> DetectorConfig with(Option<T> option, T value) {
        return of(OptionValues.of(this).put(option, value));
    }

    /** Rows of an entity, the judged one among them, that have to be there before it can be judged. */
    public int contextRows() {
        int forecastRows = model.forecastRows();
        return forecastRows == 0 ? window.rows() : Math.max(window.rows(), forecastRows + 1);
    }

    /** The same with another Kafka. */
    public DetectorConfig withBootstrap(String bootstrapServers) {
        return with(Options.KAFKA_BOOTSTRAP_SERVERS, bootstrapServers);
    }

    /** The same with another model store. */
    public DetectorConfig withModelStore(URI directory) {
        return with(Options.MODEL_STORE, directory);
    }

    /** The same with another directory of checkpoints. */
    public DetectorConfig withCheckpointDirectory(URI directory) {
        return with(Options.CHECKPOINTS_DIRECTORY, directory);
    }

    /** Every key with its value, as a file that {@link #parse} reads back to an equal configuration. */
    public String toYaml() {
        return ConfigurationWriter.write(this);
    }

    static DetectorConfig of(OptionValues values) {
        String detector = values.get(Options.DETECTOR);
        return new DetectorConfig(
                detector,
                new FeatureSchema(values.get(Options.FEATURES)),
                values.get(Options.PARALLELISM),
                values.get(Options.EXACTLY_ONCE),
                kafka(values),
                topics(values, detector),
                entities(values),
                new WindowOptions(values.get(Options.WINDOW_ROWS)),
                model(values),
                retraining(values),
                new AlarmOptions(values.get(Options.ALARMS_BUDGET)),
                new MicroBatchOptions(values.get(Options.MICRO_BATCH_SIZE), values.get(Options.MICRO_BATCH_LINGER)),
                output(values),
                incidents(values),
                rules(values),
                new CheckpointOptions(
                        values.get(Options.CHECKPOINTS_INTERVAL), values.get(Options.CHECKPOINTS_DIRECTORY)));
    }

    static KafkaConfig kafka(OptionValues values) {
        return new KafkaConfig(values.get(Options.KAFKA_BOOTSTRAP_SERVERS), values.get(Options.KAFKA_PROPERTIES));
    }

    static Topics topics(OptionValues values, String detector) {
        return new Topics(
                values.getOr(Options.TOPICS_OBSERVATIONS, detector + ".observations"),
                values.getOr(Options.TOPICS_SCORES, detector + ".scores"),
                values.getOr(Options.TOPICS_REJECTED, detector + ".rejected"),
                values.getOr(Options.TOPICS_MODELS, detector + ".models"),
                values.getOr(Options.TOPICS_INCIDENTS, detector + ".incidents"),
                values.getOr(Options.TOPICS_FEEDBACK, detector + ".feedback"));
    }

    private static EntityOptions entities(OptionValues values) {
        return new EntityOptions(
                values.get(Options.ENTITIES_DISORDER),
                values.get(Options.ENTITIES_LATE_POLICY),
                values.get(Options.ENTITIES_IDLENESS),
                values.get(Options.ENTITIES_MAX_AHEAD),
                values.get(Options.ENTITIES_MAX),
                values.get(Options.ENTITIES_DUPLICATES),
                values.get(Options.ENTITIES_MISSING),
                values.get(Options.ENTITIES_MISSING_BY_FEATURE));
    }

    private static ModelOptions model(OptionValues values) {
        return new ModelOptions(
                values.get(Options.MODEL_ARCHITECTURE),
                values.get(Options.MODEL_CODE_SIZE),
                values.get(Options.MODEL_FORECAST_ROWS),
                values.get(Options.MODEL_HIDDEN_WIDTHS),
                values.get(Options.MODEL_ENGINE),
                values.get(Options.MODEL_STORE));
    }

    static RetrainingOptions retraining(OptionValues values) {
        return new RetrainingOptions(
                values.get(Options.RETRAINING_INTERVAL),
                values.get(Options.RETRAINING_HISTORY),
                values.get(Options.RETRAINING_ACTIVATION_DELAY),
                values.get(Options.RETRAINING_MIN_ROWS),
                values.get(Options.RETRAINING_MAX_ROWS),
                values.get(Options.RETRAINING_EPOCHS),
                values.get(Options.RETRAINING_BATCH_SIZE),
                values.get(Options.RETRAINING_LEARNING_RATE),
                values.get(Options.RETRAINING_PATIENCE),
                values.get(Options.RETRAINING_METHOD),
                values.get(Options.RETRAINING_PENALTY_WEIGHT),
                values.get(Options.RETRAINING_NOISE),
                values.get(Options.RETRAINING_GENERATORS),
                values.get(Options.RETRAINING_GENERATOR_RANK),
                values.get(Options.RETRAINING_SYMMETRY),
                values.get(Options.RETRAINING_VALIDATION_FRACTION),
                values.get(Options.RETRAINING_CALIBRATION_FRACTION),
                values.get(Options.RETRAINING_SEED),
                values.get(Options.RETRAINING_SCALING));
    }

    private static IncidentOptions incidents(OptionValues values) {
        return new IncidentOptions(
                values.get(Options.INCIDENTS_QUIET),
                values.get(Options.INCIDENTS_SEVERITY_BANDS),
                values.get(Options.INCIDENTS_GROUP_INTERVAL),
                values.get(Options.INCIDENTS_GROUP_MINIMUM),
                values.get(Options.INCIDENTS_SILENCE),
                values.get(Options.INCIDENTS_SILENCE_MINIMUM),
                values.get(Options.INCIDENTS_STALL_AFTER),
                values.get(Options.INCIDENTS_FORGET_AFTER));
    }

    static RuleOptions rules(OptionValues values) {
        return new RuleOptions(
                values.get(Options.RULES_ONLY_UP),
                values.get(Options.RULES_ONLY_DOWN),
                values.get(Options.RULES_LEAST_DEVIATION),
                values.get(Options.RULES_LEAST_RELATIVE_DEVIATION),
                values.get(Options.RULES_CALENDAR));
    }

    private static OutputOptions output(OptionValues values) {
        return new OutputOptions(
                values.get(Options.OUTPUT_CONTRIBUTIONS),
                values.get(Options.OUTPUT_REJECTED_MAX_BYTES),
                values.get(Options.OUTPUT_OBSERVATION_MAX_BYTES));
    }

    private Object writeReplace() {
        return new AsText(toYaml());
    }

    /** What is serialized in the place of a configuration. */
    private record AsText(String yaml) implements Serializable {
        private Object readResolve() {
            return parse(yaml, "serialized configuration");
        }
    }
}

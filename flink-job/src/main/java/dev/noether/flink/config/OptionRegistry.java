package dev.noether.flink.config;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.WindowSymmetry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The registry of options: every key of the configuration file, in the order in which the reference page and
 * {@link DetectorConfig#toYaml} list them.
 *
 * <p>To add a key, edit two places:
 *
 * <ol>
 *   <li>Here: a constant with the key, the type, the default, the unit, one sentence on its meaning, one on how to
 *       choose it, and the getter that reads it from a configuration. The order of the constants is that of the page.
 *   <li>The record that carries the value: a component with the name of the key, its {@code check} in the constructor,
 *       and its line in {@code of}.
 * </ol>
 *
 * <p>The reader, the writer, the messages and the reference page follow from the constant. Then add the key to the
 * sample in {@code DetectorConfigTest}, which fails until it is there, and make {@code docs/configuration.md} again
 * with the command that {@code OptionsTest} prints. To remove a key, delete both and list it in {@link RetiredKeys}.
 */
public final class OptionRegistry {
    static final String SERVERS_KEY = "kafka.bootstrapServers";
    static final String PROPERTIES_KEY = "kafka.properties";

    private static final Duration LONG = Duration.ofDays(3650);
    private static final Instant FIRST_TIME = Instant.EPOCH;
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MEBIBYTE = 1 << 20;

    /** Filled by the constants below while this class loads, and not used after that. */
    private static final List<Option<?>> REGISTRATIONS = new ArrayList<>();

    public static final Option<String> DETECTOR = required(
            "detector",
            OptionType.name(),
            "",
            "Name of the detector. It is part of scores, models, consumer groups and transactional ids.",
            "Use one detector for each kind of entity. A new name is a new detector: it starts without "
                    + "state and without a model.",
            DetectorConfig::detector);

    public static final Option<List<String>> FEATURES = required(
            "features",
            OptionType.featureNames(),
            "",
            "Names of the features, in the order of positional values.",
            "Name the values that one entity reports at one instant. Any change of a name or of the order "
                    + "needs a new model.",
            config -> config.features().names());

    public static final Option<Integer> PARALLELISM = option(
            "parallelism",
            OptionType.integer(1, 4096),
            1,
            "subtasks",
            "Number of subtasks of each operator of the scoring job.",
            "At most one for each core, and at most the number of partitions of the observations topic.",
            DetectorConfig::parallelism);

    public static final Option<Boolean> EXACTLY_ONCE = option(
            "exactlyOnce",
            OptionType.flag(),
            true,
            "",
            "Whether scores and rejected records are written in Kafka transactions.",
            "With false, scores become visible at once instead of at the next checkpoint, and some are "
                    + "written twice after a failure.",
            DetectorConfig::exactlyOnce);

    public static final Option<String> KAFKA_BOOTSTRAP_SERVERS = option(
            SERVERS_KEY,
            OptionType.servers(),
            "localhost:9092",
            "",
            "Addresses of the Kafka brokers to connect to first.",
            "Two or three brokers of the cluster, so that one may be down when the job starts.",
            config -> config.kafka().bootstrapServers());

    public static final Option<Map<String, String>> KAFKA_PROPERTIES = option(
            PROPERTIES_KEY,
            OptionType.clientSettings(),
            Map.of(),
            "",
            "Further settings of Kafka's clients. Values may contain `${env:NAME}` and `${file:/path}`.",
            "The settings that your cluster needs, such as `security.protocol`. `compression.type: gzip` "
                    + "if a reader of the output knows no LZ4. A name that no client knows is an error, unless a "
                    + "class of your own (`interceptor.classes`) may read it. Passwords and keys must "
                    + "be placeholders: they are resolved when a job is submitted, and never logged or written into "
                    + "a model.",
            config -> config.kafka().properties());

    public static final Option<String> TOPICS_OBSERVATIONS = topic(
            "observations",
            "Topic that the observations are read from.",
            "Key its records by entity, so that all records of one entity are in one partition.",
            config -> config.topics().observations());

    public static final Option<String> TOPICS_SCORES = topic(
            "scores",
            "Topic of the scores: one for each observation that was not rejected.",
            "As many partitions as the observations topic. Read it with `isolation.level=read_committed`.",
            config -> config.topics().scores());

    public static final Option<String> TOPICS_REJECTED = topic(
            "rejected",
            "Topic of the records that could not be read, with their original bytes.",
            "Its `max.message.bytes` must exceed `output.rejectedMaxBytes` by 64 KiB.",
            config -> config.topics().rejected());

    public static final Option<String> TOPICS_MODELS = topic(
            "models",
            "Topic that announces models.",
            "One partition and `cleanup.policy=compact`: the job reads the whole topic when it starts.",
            config -> config.topics().models());

    public static final Option<String> TOPICS_INCIDENTS = topic(
            "incidents",
            "Topic of the incidents: one record when an incident opens, becomes clearly worse, and ends.",
            "One partition, so that the record of a group comes before those of its members. Read it with "
                    + "`isolation.level=read_committed`.",
            config -> config.topics().incidents());

    public static final Option<String> TOPICS_FEEDBACK = topic(
            "feedback",
            "Topic of the feedback: what people say of incidents. `./noether feedback` writes it.",
            "One partition. Without this topic the job runs, and nobody can dismiss an incident.",
            config -> config.topics().feedback());

    public static final Option<Duration> ENTITIES_DISORDER = option(
            "entities.disorder",
            OptionType.duration(Duration.ZERO, DAY),
            Duration.ofSeconds(5),
            "duration",
            "How much older than the newest observation of its entity an observation may be without being " + "late.",
            "The usual disorder within one entity; zero if its observations arrive in order.",
            config -> config.entities().disorder());

    public static final Option<LatePolicy> ENTITIES_LATE_POLICY = option(
            "entities.latePolicy",
            OptionType.oneOf(LatePolicy.class),
            LatePolicy.MARK,
            "",
            "What happens to a late observation: `mark` writes it as unscored, `score` scores it as if it "
                    + "had arrived in time.",
            "Use `score` only if the observations of an entity arrive in order even when its clock lags.",
            config -> config.entities().latePolicy());

    public static final Option<Duration> ENTITIES_IDLENESS = option(
            "entities.idleness",
            OptionType.duration(MILLISECOND, DAY),
            Duration.ofSeconds(30),
            "duration",
            "A partition without records for this long no longer delays event time.",
            "Several times the usual interval between two records of a partition.",
            config -> config.entities().idleness());

    public static final Option<Duration> ENTITIES_MAX_AHEAD = option(
            "entities.maxAhead",
            OptionType.duration(Duration.ZERO, LONG),
            DAY,
            "duration",
            "An observation is rejected if its event time is further ahead of the job's clock, or of its "
                    + "record's Kafka timestamp, than this.",
            "More than the largest wrong time zone that you want to accept. Raise it only for simulated times.",
            config -> config.entities().times().maxAhead());

    public static final Option<Instant> ENTITIES_EARLIEST = option(
            "entities.earliest",
            OptionType.instant(FIRST_TIME, LAST_TIME),
            Instant.parse("1990-01-01T00:00:00Z"),
            "",
            "An observation is rejected if its event time is before this. Event times in seconds look like January 1970.",
            "Before the oldest history that you want to replay.",
            config -> config.entities().times().earliest());

    public static final Option<Instant> ENTITIES_LATEST = option(
            "entities.latest",
            OptionType.instant(FIRST_TIME, LAST_TIME),
            Instant.parse("2100-01-01T00:00:00Z"),
            "",
            "An observation is rejected if its event time is after this, whatever the clocks say.",
            "The default, unless you replay simulated times.",
            config -> config.entities().times().latest());

    public static final Option<Integer> ENTITIES_MAX = option(
            "entities.max",
            OptionType.integer(1, 1_000_000_000),
            1_000_000,
            "entities",
            "Largest number of entities with state, over all subtasks. Above it, the state of the "
                    + "entities that have been silent longest is deleted.",
            "More than the number of entities that report in a week. The memory that it needs is logged "
                    + "at the start.",
            config -> config.entities().max());

    public static final Option<DuplicatePolicy> ENTITIES_DUPLICATES = option(
            "entities.duplicates",
            OptionType.oneOf(DuplicatePolicy.class),
            DuplicatePolicy.REPEAT,
            "",
            "How to treat an observation whose event time is already in its entity's window: `repeat` "
                    + "scores it in place of the earlier one and updates nothing, `keep` treats it as one more "
                    + "observation.",
            "Use `keep` if the clock is coarser than the interval between observations.",
            config -> config.entities().duplicates());

    public static final Option<MissingPolicy> ENTITIES_MISSING = option(
            "entities.missing",
            OptionType.oneOf(MissingPolicy.class),
            MissingPolicy.HOLD,
            "",
            "What replaces a feature that is NaN or absent: `hold` the entity's last value, `interpolate` "
                    + "the mean of that and the usual value, `ignore` the usual value; `reject` rejects the "
                    + "observation.",
            "A replaced value is context only: the score lists it as imputed, and it is never judged.",
            config -> config.entities().missing());

    public static final Option<Map<String, MissingPolicy>> ENTITIES_MISSING_BY_FEATURE = option(
            "entities.missingByFeature",
            OptionType.symbols(MissingPolicy.class),
            Map.of(),
            "",
            "Another policy for single features, by name.",
            "`ignore` for counters that restart, `reject` for features without which no score is useful.",
            config -> config.entities().missingByFeature());

    public static final Option<Integer> WINDOW_ROWS = option(
            "window.rows",
            OptionType.integer(1, 1024),
            4,
            "observations",
            "Number of observations of one entity in the model's input. The newest is judged, the others "
                    + "are its context.",
            "4 was best on server metrics. More rows cost memory for each entity and time for each score. "
                    + "1 means no context.",
            config -> config.window().rows());

    public static final Option<Architecture> MODEL_ARCHITECTURE = option(
            "model.architecture",
            OptionType.oneOf(Architecture.class),
            Architecture.PCA_RESIDUAL,
            "",
            "The network before training: `pca_residual` starts as principal components and learns the "
                    + "residual, `relu` has the paper's layers with random weights.",
            "`pca_residual`: it starts from the best linear map, and training keeps it at least as good "
                    + "on the validation rows.",
            config -> config.model().architecture());

    public static final Option<Integer> MODEL_CODE_SIZE = option(
            "model.codeSize",
            OptionType.integer(1, 4096),
            10,
            "units",
            "Width of the bottleneck.",
            "About the number of independent causes behind the features. If it is too wide, anomalies are "
                    + "reconstructed too.",
            config -> config.model().codeSize());

    public static final Option<Integer> MODEL_FORECAST_ROWS = option(
            "model.forecastRows",
            OptionType.integer(0, 1024),
            DetectorOptions.DEFAULT_FORECAST_ROWS,
            "observations",
            "Number of observations before the newest from which the model forecasts it: its second view, "
                    + "beside the reconstruction.",
            "Both views together find more at few false alarms than the reconstruction alone. 0 switches "
                    + "the forecast off.",
            config -> config.model().forecastRows());

    public static final Option<List<Integer>> MODEL_HIDDEN_WIDTHS = option(
            "model.hiddenWidths",
            OptionType.integers(8, 1, 65_536),
            List.of(),
            "units",
            "Widths of the layers from the input to the bottleneck; the decoder mirrors them. If empty, "
                    + "they are derived from the input.",
            "Leave it empty unless an evaluation on your data favours other widths.",
            config -> config.model().hiddenWidths());

    public static final Option<EngineChoice> MODEL_ENGINE = option(
            "model.engine",
            OptionType.oneOf(EngineChoice.class),
            EngineChoice.AUTO,
            "",
            "The library that computes the network.",
            "`auto` uses the fastest one that works. `reference` is plain Java, for machines on which no "
                    + "native library loads.",
            config -> config.model().engine());

    public static final Option<ShapeChoice> MODEL_SHAPE = option(
            "model.shape",
            OptionType.oneOf(ShapeChoice.class),
            ShapeChoice.AUTO,
            "",
            "Whether models judge the shape of the last period of a signal that repeats.",
            "`auto` decides by the training history: exactly one feature has more than two distinct values, and it "
                    + "repeats clearly. `on` needs less clear a repetition. Where no shape is judged, scores are as "
                    + "with `off`, and the training says why: on the screen and in the log.",
            config -> config.model().shape());

    public static final Option<Integer> MODEL_SHAPE_MEMORY = option(
            "model.shapeMemory",
            OptionType.integer(0, ShapeModel.MOST_MEMORY),
            0,
            "windows",
            "Number of windows of an entity's own past with which the shape of its last period is compared, "
                    + "beside those of the training history; 0 for none.",
            "It helps entities whose shape is not that of the training history. Each window needs 25 bytes of state "
                    + "and a quarter of a byte for each row of the period: 1000 windows of a period of 100 rows "
                    + "50 kB an entity. It takes effect with the next model.",
            config -> config.model().shapeMemory());

    public static final Option<URI> MODEL_STORE = directory(
            "model.store",
            "models",
            "Directory of the model artifacts. A relative path is relative to the detector file.",
            "One that the retraining job and every task manager can read and write: a shared file system "
                    + "or object store on a cluster. `./noether score` and `retrain` themselves need a path on this "
                    + "machine.",
            config -> config.model().store());

    public static final Option<Integer> MODEL_KEEP = option(
            "model.keep",
            OptionType.integer(8, 100_000),
            20,
            "models",
            "Number of newest models whose files stay in the store; each training removes the older ones.",
            "A scoring job needs the newest 8. More let you announce an older model again.",
            config -> config.model().keep());

    public static final Option<String> SIGNING_KEY = option(
            "signing.key",
            OptionType.file(),
            "",
            "",
            "File with the private key that signs each new model artifact: Ed25519, PKCS #8, PEM.",
            "`openssl genpkey -algorithm ed25519 -out signing.pem` makes one. Only the machine that trains needs "
                    + "it.",
            config -> config.signing().key());

    public static final Option<List<String>> SIGNING_TRUSTED = option(
            "signing.trusted",
            OptionType.files(),
            List.of(),
            "",
            "Files with the public keys whose signatures the scoring job accepts: Ed25519, PEM. With at least one, "
                    + "an artifact that none of them has signed is refused. They are read when the job is submitted.",
            "`openssl pkey -in signing.pem -pubout -out trusted.pem` makes one. While keys change, name the old one "
                    + "and the new one.",
            config -> config.signing().trusted());

    public static final Option<Duration> RETRAINING_INTERVAL = option(
            "retraining.interval",
            OptionType.duration(Duration.ofSeconds(1), LONG),
            DAY,
            "duration",
            "Time from one training to the next: of `retrain --periodically`, of the service `retrainer` "
                    + "and of the demo.",
            "As often as normal behaviour changes; a day is usual.",
            config -> config.retraining().schedule().interval());

    public static final Option<Duration> RETRAINING_HISTORY = option(
            "retraining.history",
            OptionType.duration(Duration.ofSeconds(1), LONG),
            Duration.ofDays(7),
            "duration",
            "Length of the history that a model is trained on, in event time.",
            "Whole periods of repeating behaviour, a week for most entities, and not more than the "
                    + "topic's retention.",
            config -> config.retraining().rows().history());

    public static final Option<Duration> RETRAINING_PROBATION = option(
            "retraining.probation",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ofHours(2),
            "duration",
            "Time, in event time, for which the retrainer watches the alarms of a new model, and withdraws it if "
                    + "they are far above the budget.",
            "`PT0S` switches it off. The first model is never withdrawn, because no other could take over.",
            config -> config.retraining().schedule().probation());

    public static final Option<Duration> RETRAINING_ACTIVATION_DELAY = option(
            "retraining.activationDelay",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ofMinutes(1),
            "duration",
            "Delay, in event time behind the newest observation, after which a new model takes effect. "
                    + "The first model takes effect at once.",
            "Longer than a release needs to reach every task: then a replay scores each window with the "
                    + "same model as the first time.",
            config -> config.retraining().schedule().activationDelay());

    public static final Option<DriftPolicy> RETRAINING_DRIFT = option(
            "retraining.drift",
            OptionType.oneOf(DriftPolicy.class),
            DriftPolicy.PROPOSE,
            "",
            "What the retrainer does when the scores of many entities have changed for `retraining.driftPeriod`: "
                    + "nothing, a warning in the log that proposes a training, or a training. Incidents of few "
                    + "entities, and rows with filled-in or stuck values, are no such change.",
            "`train` if your entities change by plan, such as with releases; the gate still judges the new model.",
            config -> config.retraining().schedule().drift());

    public static final Option<Duration> RETRAINING_DRIFT_PERIOD = option(
            "retraining.driftPeriod",
            OptionType.duration(Duration.ofMinutes(1), LONG),
            Duration.ofHours(6),
            "duration",
            "Time for which a change must last, in event time. At most one training follows in that time.",
            "Longer than the incidents that usually end by themselves.",
            config -> config.retraining().schedule().driftPeriod());

    public static final Option<Integer> RETRAINING_MIN_ROWS = option(
            "retraining.minRows",
            OptionType.integer(10, 10_000_000),
            1000,
            "rows",
            "If the history has fewer rows, no model is trained.",
            "Many: the alarm budget is calibrated on three fifths of them.",
            config -> config.retraining().rows().minRows());

    public static final Option<Integer> RETRAINING_MAX_ROWS = option(
            "retraining.maxRows",
            OptionType.integer(10, 10_000_000),
            200_000,
            "rows",
            "If the history has more rows, a sample of this many is trained on.",
            "It bounds memory: rows × `window.rows` × features × 4 bytes.",
            config -> config.retraining().rows().maxRows());

    public static final Option<Double> RETRAINING_MAX_LEFT_OUT = option(
            "retraining.maxLeftOut",
            OptionType.number("in [0, 1]", value -> value >= 0 && value <= 1),
            0.2,
            "",
            "Largest fraction of the rows of the history that is left out because a model found it anomalous. With "
                    + "more, these rows are trained on: they are the new normal behaviour.",
            "More than the longest incident, as a part of `retraining.history`. 0 leaves out only maintenance and "
                    + "confirmed incidents.",
            config -> config.retraining().rows().maxLeftOut());

    public static final Option<Integer> RETRAINING_EPOCHS = option(
            "retraining.epochs",
            OptionType.integer(1, 100_000),
            60,
            "passes",
            "Largest number of passes over the rows.",
            "Early stopping usually ends training sooner; raise it if the log reports that the last epoch "
                    + "was the best.",
            config -> config.retraining().optimiser().epochs());

    public static final Option<Integer> RETRAINING_BATCH_SIZE = option(
            "retraining.batchSize",
            OptionType.integer(1, 65_536),
            64,
            "rows",
            "Number of rows in one gradient step.",
            "A larger batch is faster for each row and learns less from it.",
            config -> config.retraining().optimiser().batchSize());

    public static final Option<Double> RETRAINING_LEARNING_RATE = option(
            "retraining.learningRate",
            OptionType.number("in (0, 1]", value -> value > 0 && value <= 1),
            0.001,
            "",
            "Learning rate of the optimiser, Adam.",
            "A third of the default if the training loss jumps.",
            config -> config.retraining().optimiser().learningRate());

    public static final Option<Integer> RETRAINING_PATIENCE = option(
            "retraining.patience",
            OptionType.integer(1, 100_000),
            8,
            "epochs",
            "Number of epochs without a better validation loss after which training stops.",
            "More if the validation loss is noisy.",
            config -> config.retraining().optimiser().patience());

    public static final Option<MethodKind> RETRAINING_METHOD = option(
            "retraining.method",
            OptionType.oneOf(MethodKind.class),
            MethodKind.PLAIN,
            "",
            "Training method: one of the methods in the paper's Table 1.",
            "`plain`, unless an evaluation on your data favours another: on public streams none of the "
                    + "others detects more.",
            config -> config.retraining().objective().method());

    public static final Option<Double> RETRAINING_PENALTY_WEIGHT = option(
            "retraining.penaltyWeight",
            OptionType.number("of at least 0", value -> value >= 0 && value < Double.POSITIVE_INFINITY),
            0.0,
            "",
            "Weight of the method's penalty beside the reconstruction loss: above 0 for `contractive` and "
                    + "both `lie` methods, 0 for the others.",
            "Try 0.1 and keep it if the evaluation improves. The penalty of first order lengthens "
                    + "training by at most half, that of second order up to four times.",
            config -> config.retraining().objective().penaltyWeight());

    public static final Option<Double> RETRAINING_NOISE = option(
            "retraining.noise",
            OptionType.number("above 0", value -> value > 0 && value < Double.POSITIVE_INFINITY),
            0.1,
            "deviations",
            "Standard deviation of the noise of `denoising` and `contractive`, in standard deviations of "
                    + "a feature. Other methods ignore it.",
            "Less than the difference between two distinct normal rows.",
            config -> config.retraining().objective().noise());

    public static final Option<GeneratorStructure> RETRAINING_GENERATORS = option(
            "retraining.generators",
            OptionType.oneOf(GeneratorStructure.class),
            GeneratorStructure.LOW_RANK,
            "",
            "Form of the symmetry generators of the `lie` methods.",
            "`full` is the paper's form; its memory and time grow with the square of the number of values "
                    + "in a window.",
            config -> config.retraining().objective().generators());

    public static final Option<Integer> RETRAINING_GENERATOR_RANK = option(
            "retraining.generatorRank",
            OptionType.integer(1, 1024),
            4,
            "",
            "Rank of each symmetry generator. Ignored if the generators have no low-rank part.",
            "A higher rank lets a symmetry move more features together.",
            config -> config.retraining().objective().generatorRank());

    public static final Option<WindowSymmetry> RETRAINING_SYMMETRY = option(
            "retraining.symmetry",
            OptionType.oneOf(WindowSymmetry.class),
            WindowSymmetry.NONE,
            "",
            "Whether the network also trains on windows that are moved along a symmetry learned from "
                    + "normal windows: `validated` uses a learned rotation if validation on normal windows finds "
                    + "that it helps, and none otherwise.",
            "`none`: on public streams no learned symmetry detects more. On noise, of which rotations are "
                    + "a symmetry, `validated` uses one in 6 of 20 draws of 150 windows; the error on other noise "
                    + "is 0.3 % less.",
            config -> config.retraining().rows().symmetry());

    public static final Option<Double> RETRAINING_VALIDATION_FRACTION = option(
            "retraining.validationFraction",
            OptionType.number("in (0, 0.5]", value -> value > 0 && value <= 0.5),
            0.15,
            "",
            "Fraction of the history, at its end, that early stopping is validated on.",
            "More if the history is short.",
            config -> config.retraining().rows().validationFraction());

    public static final Option<Double> RETRAINING_CALIBRATION_FRACTION = option(
            "retraining.calibrationFraction",
            OptionType.number("in (0, 0.5]", value -> value > 0 && value <= 0.5),
            0.15,
            "",
            "Fraction of the history, at its end, that the alarms are calibrated on if the network uses "
                    + "its learned part. Linear parts are calibrated out of fold and need no held-out rows.",
            "More for a smaller alarm budget.",
            config -> config.retraining().rows().calibrationFraction());

    public static final Option<Double> RETRAINING_GATE_FRACTION = option(
            "retraining.gateFraction",
            OptionType.number("in [0, 0.5]", value -> value >= 0 && value <= 0.5),
            0.1,
            "",
            "Fraction of the history, at its end, on which a new model is compared with the model in force before it "
                    + "scores. A trial model is trained without these rows, so a training takes about twice as long. "
                    + "0: no rows are held out, and a new model is only checked by itself.",
            "The default; more for a short history.",
            config -> config.retraining().gate().gateFraction());

    public static final Option<Long> RETRAINING_SEED = option(
            "retraining.seed",
            OptionType.longInteger(),
            1L,
            "",
            "Seed of the initial weights, the sample and the order of the batches.",
            "The same seed, data and machine give the same model, byte for byte.",
            config -> config.retraining().optimiser().seed());

    public static final Option<ScalingKind> RETRAINING_SCALING = option(
            "retraining.scaling",
            OptionType.oneOf(ScalingKind.class),
            ScalingKind.STANDARD,
            "",
            "How raw values are scaled: `standard` by mean and standard deviation, `robust` by median and "
                    + "interquartile range.",
            "`robust` if the history contains incidents that were not removed.",
            config -> config.retraining().rows().scaling());

    public static final Option<AlarmBudget> ALARMS_BUDGET = option(
            "alarms.budget",
            OptionType.alarmBudget(),
            AlarmBudget.DEFAULT,
            "",
            "Accepted number of false alarms: for each entity with `per entity`, otherwise for all "
                    + "entities together.",
            "As many as the people who receive them can handle. The budget is extrapolated if there are "
                    + "fewer held-out observations than 20 times the number between two promised alarms.",
            config -> config.alarms().budget());

    public static final Option<Integer> MICRO_BATCH_SIZE = option(
            "microBatch.size",
            OptionType.integer(1, 65_536),
            256,
            "observations",
            "Number of observations that the network computes at once, in each subtask.",
            "256 is within a few percent of the best throughput.",
            config -> config.microBatch().size());

    public static final Option<Duration> MICRO_BATCH_LINGER = option(
            "microBatch.linger",
            OptionType.duration(MILLISECOND, Duration.ofMinutes(1)),
            Duration.ofMillis(20),
            "duration",
            "Longest time that an observation waits for its micro-batch to fill.",
            "It is the latency that scoring adds on a quiet stream.",
            config -> config.microBatch().linger());

    public static final Option<ContributionDetail> OUTPUT_CONTRIBUTIONS = option(
            "output.contributions",
            OptionType.oneOf(ContributionDetail.class),
            ContributionDetail.ANOMALOUS,
            "",
            "Which scores list the contribution of each feature.",
            "`all` costs about 20 bytes for each feature of each score.",
            config -> config.output().contributions());

    public static final Option<Integer> OUTPUT_REJECTED_MAX_BYTES = option(
            "output.rejectedMaxBytes",
            OptionType.integer(0, 64 * MEBIBYTE),
            4 * MEBIBYTE,
            "bytes",
            "Number of original bytes that a rejected record keeps; the rest is cut off.",
            "At least the observations topic's `max.message.bytes`, so that every record can be repaired "
                    + "and sent again.",
            config -> config.output().rejectedMaxBytes());

    public static final Option<Integer> OUTPUT_OBSERVATION_MAX_BYTES = option(
            "output.observationMaxBytes",
            OptionType.integer(16, 64 * MEBIBYTE),
            MEBIBYTE / 2,
            "bytes",
            "A larger observation is rejected without being decoded.",
            "Far above the size of a correct observation: 4 bytes for each feature when positional.",
            config -> config.output().observationMaxBytes());

    public static final Option<Duration> INCIDENTS_QUIET = option(
            "incidents.quiet",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            Duration.ofMinutes(10),
            "duration",
            "An incident ends when its entity had no anomalous score for this long in event time, and for "
                    + "ten of its own intervals.",
            "The pause after which the same problem deserves a new alert. Anomalies that return earlier "
                    + "belong to the same incident.",
            config -> config.incidents().quiet());

    public static final Option<List<Double>> INCIDENTS_SEVERITY_BANDS = option(
            "incidents.severityBands",
            OptionType.risingNumbers(3),
            List.of(1.0, 2.0, 4.0),
            "alarm score above the threshold",
            "Where the severities medium, high and critical begin.",
            "Scores are logarithms: 1 stands for 2.7 times, 4 for 55 times the squared deviation that is " + "allowed.",
            config -> config.incidents().severityBands());

    public static final Option<Duration> INCIDENTS_GROUP_INTERVAL = option(
            "incidents.groupInterval",
            OptionType.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofSeconds(10),
            "duration",
            "Incidents that open within this time of each other may form one outbreak. Each incident is "
                    + "delayed by this time.",
            "The time in which one cause reaches all its entities: at least the interval at which they "
                    + "report. Zero switches groups and the delay off.",
            config -> config.incidents().groupInterval());

    public static final Option<Integer> INCIDENTS_GROUP_MINIMUM = option(
            "incidents.groupMinimum",
            OptionType.integer(2, 1_000_000),
            5,
            "entities",
            "Smallest number of entities in an outbreak. More are required if more open incidents by " + "chance.",
            "The number of simultaneous alerts that you would rather receive as one.",
            config -> config.incidents().groupMinimum());

    public static final Option<Boolean> INCIDENTS_SILENCE = option(
            "incidents.silence",
            OptionType.flag(),
            true,
            "",
            "Whether an incident opens when an entity stops reporting, judged by its own interval.",
            "Use false if entities come and go as they like.",
            config -> config.incidents().silence());

    public static final Option<Duration> INCIDENTS_SILENCE_MINIMUM = option(
            "incidents.silenceMinimum",
            OptionType.duration(MILLISECOND, Duration.ofDays(30)),
            Duration.ofSeconds(1),
            "duration",
            "A shorter silence is never an incident, whatever the entity's interval.",
            "Longer if short gaps of fast entities do not matter.",
            config -> config.incidents().silenceMinimum());

    public static final Option<Duration> INCIDENTS_STALL_AFTER = option(
            "incidents.stallAfter",
            OptionType.duration(Duration.ofSeconds(1), DAY),
            Duration.ofMinutes(1),
            "duration",
            "The source is stalled if no observation at all arrived for this long: one incident for all " + "entities.",
            "Several times the longest usual pause of the whole stream.",
            config -> config.incidents().stallAfter());

    public static final Option<Duration> INCIDENTS_FORGET_AFTER = option(
            "incidents.forgetAfter",
            OptionType.duration(Duration.ofMinutes(1), LONG),
            Duration.ofDays(7),
            "duration",
            "After a silence of this length the incident of the silence ends, and the entity's interval "
                    + "is deleted.",
            "Longer than any entity is usually switched off.",
            config -> config.incidents().forgetAfter());

    public static final Option<Duration> INCIDENTS_DISMISSAL_HALF_LIFE = option(
            "incidents.dismissalHalfLife",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ofDays(30),
            "duration",
            "Time, in event time, after which a dismissed incident counts half. While it counts, the entity has a "
                    + "higher alarm threshold for breaks of its kind.",
            "A few times the interval at which harmless breaks return. Zero: dismissals are recorded, and change no "
                    + "threshold.",
            config -> config.incidents().dismissalHalfLife());

    public static final Option<List<String>> RULES_ONLY_UP = option(
            "rules.onlyUp",
            OptionType.names(),
            List.of(),
            "",
            "Features of which only a rise counts. A score is suppressed if less than half of it comes "
                    + "from counted deviations.",
            "Features whose fall is good news, such as latency or errors.",
            config -> config.rules().onlyUp());

    public static final Option<List<String>> RULES_ONLY_DOWN = option(
            "rules.onlyDown",
            OptionType.names(),
            List.of(),
            "",
            "Features of which only a fall counts.",
            "Features whose rise is good news, such as free disk space.",
            config -> config.rules().onlyDown());

    public static final Option<Map<String, Double>> RULES_LEAST_DEVIATION = option(
            "rules.leastDeviation",
            OptionType.amounts(),
            Map.of(),
            "each feature's own",
            "Smallest deviation from the expected value at which a feature counts.",
            "Below the smallest deviation that anybody would act on.",
            config -> config.rules().leastDeviation());

    public static final Option<Map<String, Double>> RULES_LEAST_RELATIVE_DEVIATION = option(
            "rules.leastRelativeDeviation",
            OptionType.amounts(),
            Map.of(),
            "part of the expected value",
            "The same as a part of the expected value: 0.1 is a tenth.",
            "For features whose size differs by orders of magnitude between entities.",
            config -> config.rules().leastRelativeDeviation());

    public static final Option<String> RULES_CALENDAR = option(
            "rules.calendar",
            OptionType.file(),
            "",
            "",
            "iCalendar file (.ics) with maintenance, during which scores and silences are suppressed. It "
                    + "is read when the job is submitted. `X-NOETHER-ENTITIES` in an event names its entities, with "
                    + "`*` and commas.",
            "Export it from the calendar in which maintenance is planned. Repetitions and time zones are "
                    + "supported.",
            config -> config.rules().calendar());

    public static final Option<Duration> CHECKPOINTS_INTERVAL = option(
            "checkpoints.interval",
            OptionType.duration(Duration.ofMillis(10), Duration.ofMinutes(5)),
            Duration.ofSeconds(5),
            "duration",
            "Time from one checkpoint to the next. With `exactlyOnce`, scores become visible at each " + "checkpoint.",
            "The delay of an alert that you accept. Below a second the checkpoints themselves cost " + "throughput.",
            config -> config.checkpoints().interval());

    public static final Option<URI> CHECKPOINTS_DIRECTORY = directory(
            "checkpoints.directory",
            "checkpoints",
            "Directory of the checkpoints. A relative path is relative to the detector file.",
            "One that the job manager and every task manager can read and write, and that survives each of "
                    + "them. `./noether score` itself needs a path on this machine.",
            config -> config.checkpoints().directory());

    public static final Option<Duration> CHECKPOINTS_TRANSACTION_TIMEOUT = option(
            "checkpoints.transactionTimeout",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(24)),
            Duration.ofHours(1),
            "duration",
            "Time after which Kafka gives up a transaction that the job has not committed.",
            "The longest outage that the job should survive without a recovery. The broker's own limit is "
                    + "`transaction.max.timeout.ms`; if it is lower, the job uses it and logs a warning.",
            config -> config.checkpoints().transactionTimeout());

    /** Every option, in the order of the constants. */
    public static final List<Option<?>> ALL = List.copyOf(REGISTRATIONS);

    private OptionRegistry() {}

    /** Returns the option of a key, or null if the key is unknown. */
    static @Nullable Option<?> find(String key) {
        for (Option<?> option : ALL) {
            if (option.key().equals(key)) {
                return option;
            }
        }
        return null;
    }

    /** Returns the names of the sections, in order; keys at top level have none. */
    static List<String> sections() {
        return ALL.stream()
                .map(Option::section)
                .filter(section -> !section.isEmpty())
                .distinct()
                .toList();
    }

    private static <T> Option<T> option(
            String key,
            OptionType<T> type,
            T defaultValue,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        String shown = "`" + type.write(defaultValue) + "`";
        return register(new Option<>(
                key, type, new OptionDefault.Constant<>(defaultValue, shown), unit, description, choosing, getter));
    }

    private static <T> Option<T> required(
            String key,
            OptionType<T> type,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        return register(new Option<>(key, type, new OptionDefault.None<>(), unit, description, choosing, getter));
    }

    /** A topic, whose default name is made from the detector's name. */
    private static Option<String> topic(
            String name, String description, String choosing, Function<DetectorConfig, String> getter) {
        OptionDefault<String> byDetector =
                new OptionDefault.Derived<>(values -> values.get(DETECTOR) + "." + name, "`<detector>." + name + "`");
        return register(
                new Option<>("topics." + name, OptionType.topic(), byDetector, "", description, choosing, getter));
    }

    /** A directory whose default lies below the user's home. */
    private static Option<URI> directory(
            String key, String name, String description, String choosing, Function<DetectorConfig, URI> getter) {
        OptionDefault<URI> byDetector = new OptionDefault.Derived<>(
                values -> StateHome.directory(values.get(DETECTOR), name), "`" + StateHome.SHOWN + name + "`");
        return register(new Option<>(key, OptionType.directory(), byDetector, "", description, choosing, getter));
    }

    private static <T> Option<T> register(Option<T> option) {
        REGISTRATIONS.add(option);
        return option;
    }
}

package dev.noether.flink.config;

import static java.util.Objects.requireNonNull;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.engine.EngineKind;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.WindowSymmetry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every key of the configuration file, in the order in which the reference page and {@code toYaml} show them. */
public final class Options {
    static final String SERVERS_KEY = "kafka.bootstrapServers";
    static final String PROPERTIES_KEY = "kafka.properties";

    private static final Duration LONG = Duration.ofDays(3650);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MEBIBYTE = 1 << 20;

    public static final Option<String> DETECTOR = required(
            "detector",
            OptionType.name(),
            "",
            "Name of the detector. Stands in scores, models, consumer groups and transactional ids.",
            "One for each kind of entity. A changed name is a new detector: it starts from the beginning, without a model.",
            DetectorConfig::detector);

    public static final Option<List<String>> FEATURES = required(
            "features",
            OptionType.featureNames(),
            "",
            "Names of the features, in the order of positional values.",
            "What one entity reports at one instant. Any change of a name or of the order needs a new model.",
            config -> config.features().names());

    public static final Option<Integer> PARALLELISM = option(
            "parallelism",
            OptionType.integer(1, 4096),
            1,
            "subtasks",
            "Subtasks of each operator of the scoring job.",
            "At most one for each core, and no more than the observations topic has partitions.",
            DetectorConfig::parallelism);

    public static final Option<Boolean> EXACTLY_ONCE = option(
            "exactlyOnce",
            OptionType.flag(),
            true,
            "",
            "Whether scores and rejected records are written in Kafka transactions.",
            "False shows scores at once rather than at the next checkpoint, and doubles some after a failure.",
            DetectorConfig::exactlyOnce);

    public static final Option<String> KAFKA_BOOTSTRAP_SERVERS = option(
            SERVERS_KEY,
            OptionType.servers(),
            "localhost:9092",
            "",
            "Where Kafka answers.",
            "Two or three brokers of the cluster, so that one may be down at the start.",
            config -> config.kafka().bootstrapServers());

    public static final Option<Map<String, String>> KAFKA_PROPERTIES = option(
            PROPERTIES_KEY,
            OptionType.clientSettings(),
            Map.of(),
            "",
            "Further settings of Kafka's clients. Values may hold `${env:NAME}` and `${file:/path}`.",
            "What your cluster asks for, such as `security.protocol`. Passwords and keys must be placeholders: they are"
                    + " looked up when a job is submitted, and never logged or written into a model.",
            config -> config.kafka().properties());

    public static final Option<String> TOPICS_OBSERVATIONS = derived(
            "topics.observations",
            OptionType.topic(),
            "`<detector>.observations`",
            "Topic that is read.",
            "Keyed by entity, so that one entity stays in one partition.",
            config -> config.topics().observations());

    public static final Option<String> TOPICS_SCORES = derived(
            "topics.scores",
            OptionType.topic(),
            "`<detector>.scores`",
            "Topic of the scores, one for each observation that was not rejected.",
            "As many partitions as the observations topic. Read it with `isolation.level=read_committed`.",
            config -> config.topics().scores());

    public static final Option<String> TOPICS_REJECTED = derived(
            "topics.rejected",
            OptionType.topic(),
            "`<detector>.rejected`",
            "Topic of what could not be understood, with the original bytes.",
            "Its `max.message.bytes` must exceed `output.rejectedMaxBytes` by 64 KiB.",
            config -> config.topics().rejected());

    public static final Option<String> TOPICS_MODELS = derived(
            "topics.models",
            OptionType.topic(),
            "`<detector>.models`",
            "Topic that announces models.",
            "One partition, `cleanup.policy=compact`: the job reads all of it at its start.",
            config -> config.topics().models());

    public static final Option<String> TOPICS_INCIDENTS = derived(
            "topics.incidents",
            OptionType.topic(),
            "`<detector>.incidents`",
            "Topic of the incidents: one record when one opens, becomes clearly worse, and is over.",
            "One partition, so that a group stands before its members. Read it with `isolation.level=read_committed`.",
            config -> config.topics().incidents());

    public static final Option<String> TOPICS_FEEDBACK = derived(
            "topics.feedback",
            OptionType.topic(),
            "`<detector>.feedback`",
            "Topic of what people say of incidents. Nothing reads it yet.",
            "One partition.",
            config -> config.topics().feedback());

    public static final Option<Duration> ENTITIES_DISORDER = option(
            "entities.disorder",
            OptionType.duration(Duration.ZERO, DAY),
            Duration.ofSeconds(5),
            "duration",
            "How much older than the newest of its own entity an observation may be without being late.",
            "The usual disorder within one entity; zero where its observations come in order.",
            config -> config.entities().disorder());

    public static final Option<LatePolicy> ENTITIES_LATE_POLICY = option(
            "entities.latePolicy",
            OptionType.oneOf(LatePolicy.class),
            LatePolicy.MARK,
            "",
            "What happens to a late observation: `mark` writes it as unscored, `score` scores it as if it were in time.",
            "`score` only where an entity's own order is kept even when its clock lags.",
            config -> config.entities().latePolicy());

    public static final Option<Duration> ENTITIES_IDLENESS = option(
            "entities.idleness",
            OptionType.duration(MILLISECOND, DAY),
            Duration.ofSeconds(30),
            "duration",
            "A partition that has been silent this long no longer holds event time back.",
            "Several times the interval at which a partition usually gets records.",
            config -> config.entities().idleness());

    public static final Option<Duration> ENTITIES_MAX_AHEAD = option(
            "entities.maxAhead",
            OptionType.duration(Duration.ZERO, LONG),
            DAY,
            "duration",
            "An event time further ahead of its record's Kafka timestamp is rejected as impossible.",
            "Larger than any wrong time zone you still accept: one record from the future makes all others late.",
            config -> config.entities().maxAhead());

    public static final Option<Integer> ENTITIES_MAX = option(
            "entities.max",
            OptionType.integer(1, 1_000_000_000),
            1_000_000,
            "entities",
            "How many entities are remembered at most, over all subtasks. Beyond, those are forgotten whose newest observation is"
                    + " the oldest.",
            "Above the number that report in a week. What it costs in memory is logged at the start.",
            config -> config.entities().max());

    public static final Option<DuplicatePolicy> ENTITIES_DUPLICATES = option(
            "entities.duplicates",
            OptionType.oneOf(DuplicatePolicy.class),
            DuplicatePolicy.REPEAT,
            "",
            "What an observation is whose event time its entity's window already holds: `repeat` scores it in the place of the"
                    + " one it repeats and learns nothing from it, `keep` takes it as one more observation.",
            "`keep` where the clock is coarser than the interval of the observations.",
            config -> config.entities().duplicates());

    public static final Option<MissingPolicy> ENTITIES_MISSING = option(
            "entities.missing",
            OptionType.oneOf(MissingPolicy.class),
            MissingPolicy.HOLD,
            "",
            "What stands in for a feature that is NaN or absent: `hold` the entity's last value, `interpolate` half-way from it"
                    + " to the usual one, `ignore` the usual one; `reject` rejects the observation.",
            "What is filled in is context only: it is listed in the score as imputed and never judged.",
            config -> config.entities().missing());

    public static final Option<Map<String, MissingPolicy>> ENTITIES_MISSING_BY_FEATURE = option(
            "entities.missingByFeature",
            OptionType.symbols(MissingPolicy.class),
            Map.of(),
            "",
            "Another policy for single features, by name.",
            "`ignore` for counters that restart, `reject` for what no judgement can do without.",
            config -> config.entities().missingByFeature());

    public static final Option<Integer> WINDOW_ROWS = option(
            "window.rows",
            OptionType.integer(1, 1024),
            4,
            "observations",
            "Observations of one entity that the model sees at once. The newest is judged, the others are context.",
            "4 was best on server metrics. More costs memory for each entity and time for each score. 1: no context.",
            config -> config.window().rows());

    public static final Option<Architecture> MODEL_ARCHITECTURE = option(
            "model.architecture",
            OptionType.oneOf(Architecture.class),
            Architecture.PCA_RESIDUAL,
            "",
            "What the network is before its training: `pca_residual` starts as principal components and learns what is left, `relu` is"
                    + " the paper's layers with random weights.",
            "`pca_residual`: it starts from the best linear map and cannot end below it on what validates it.",
            config -> config.model().architecture());

    public static final Option<Integer> MODEL_CODE_SIZE = option(
            "model.codeSize",
            OptionType.integer(1, 4096),
            10,
            "units",
            "Width of the bottleneck.",
            "About as many as there are independent causes behind the features. Too many let anomalies through.",
            config -> config.model().codeSize());

    public static final Option<Integer> MODEL_FORECAST_ROWS = option(
            "model.forecastRows",
            OptionType.integer(0, 1024),
            DetectorOptions.DEFAULT_FORECAST_ROWS,
            "observations",
            "Observations before the newest from which it is forecast: the model's second view beside the reconstruction.",
            "Both views together find more at few false alarms than the reconstruction alone. 0 switches it off and costs nothing.",
            config -> config.model().forecastRows());

    public static final Option<List<Integer>> MODEL_HIDDEN_WIDTHS = option(
            "model.hiddenWidths",
            OptionType.integers(8, 1, 65_536),
            List.of(),
            "units",
            "Widths of the layers from the input to the bottleneck; the decoder mirrors them. Empty: derived from the input.",
            "Leave it empty unless an evaluation says otherwise.",
            config -> config.model().hiddenWidths());

    public static final Option<EngineKind> MODEL_ENGINE = option(
            "model.engine",
            OptionType.oneOf(EngineKind.class),
            EngineKind.AUTO,
            "",
            "Who does the arithmetic of the network.",
            "`auto` takes the fastest that works. `reference` is plain Java, for where no native library loads.",
            config -> config.model().engine());

    public static final Option<URI> MODEL_STORE = directory(
            "model.store",
            ".noether/models",
            "Directory of the model artifacts.",
            "One that the retraining job and every task manager reach: a shared or object store on a cluster.",
            config -> config.model().store());

    public static final Option<Duration> RETRAINING_INTERVAL = option(
            "retraining.interval",
            OptionType.duration(Duration.ofSeconds(1), LONG),
            DAY,
            "duration",
            "How often a scheduler starts the retraining job.",
            "As often as normal behaviour changes; a day is usual.",
            config -> config.retraining().interval());

    public static final Option<Duration> RETRAINING_HISTORY = option(
            "retraining.history",
            OptionType.duration(Duration.ofSeconds(1), LONG),
            Duration.ofDays(7),
            "duration",
            "How far back in event time the retraining job reads.",
            "Whole periods of what repeats, a week for most, and not more than the topic's retention.",
            config -> config.retraining().history());

    public static final Option<Duration> RETRAINING_ACTIVATION_DELAY = option(
            "retraining.activationDelay",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ofMinutes(1),
            "duration",
            "How far behind the newest observation, in event time, a new model takes effect. The first one does at once.",
            "Longer than a release takes to reach every task: then a replay scores each window as it was scored first.",
            config -> config.retraining().activationDelay());

    public static final Option<Integer> RETRAINING_MIN_ROWS = option(
            "retraining.minRows",
            OptionType.integer(10, 10_000_000),
            1000,
            "rows",
            "With fewer rows in the history no model is made.",
            "Many: what the alarm budget is promised on is three fifths of them.",
            config -> config.retraining().minRows());

    public static final Option<Integer> RETRAINING_MAX_ROWS = option(
            "retraining.maxRows",
            OptionType.integer(10, 10_000_000),
            200_000,
            "rows",
            "Of more rows in the history a sample of this many is trained on.",
            "Bounds memory: rows × `window.rows` × features × 4 bytes.",
            config -> config.retraining().maxRows());

    public static final Option<Integer> RETRAINING_EPOCHS = option(
            "retraining.epochs",
            OptionType.integer(1, 100_000),
            60,
            "passes",
            "At most this many passes over the rows.",
            "Early stopping ends sooner; raise it where the log says that the last epoch was the best.",
            config -> config.retraining().epochs());

    public static final Option<Integer> RETRAINING_BATCH_SIZE = option(
            "retraining.batchSize",
            OptionType.integer(1, 65_536),
            64,
            "rows",
            "Rows in one gradient step.",
            "Larger is faster for each row and learns less from it.",
            config -> config.retraining().batchSize());

    public static final Option<Double> RETRAINING_LEARNING_RATE = option(
            "retraining.learningRate",
            OptionType.number("in (0, 1]", value -> value > 0 && value <= 1),
            0.001,
            "",
            "Adam's step.",
            "A third of it where the training loss jumps about.",
            config -> config.retraining().learningRate());

    public static final Option<Integer> RETRAINING_PATIENCE = option(
            "retraining.patience",
            OptionType.integer(1, 100_000),
            8,
            "epochs",
            "Epochs without a better validation loss before training stops.",
            "More where the validation loss is noisy.",
            config -> config.retraining().patience());

    public static final Option<MethodKind> RETRAINING_METHOD = option(
            "retraining.method",
            OptionType.oneOf(MethodKind.class),
            MethodKind.PLAIN,
            "",
            "What is done beside reconstructing: the methods of the paper's Table 1.",
            "`plain`, unless an evaluation on your data says otherwise: on public streams none of the others detects more.",
            config -> config.retraining().method());

    public static final Option<Double> RETRAINING_PENALTY_WEIGHT = option(
            "retraining.penaltyWeight",
            OptionType.number("of at least 0", value -> value >= 0 && value < Double.POSITIVE_INFINITY),
            0.0,
            "",
            "Weight of the method's penalty beside the reconstruction loss: above 0 for `contractive` and both `lie` methods, 0"
                    + " for the others.",
            "Try 0.1 and keep it if the evaluation gains. Of the first order training takes at most half as long again, of the"
                    + " second up to four times as long.",
            config -> config.retraining().penaltyWeight());

    public static final Option<Double> RETRAINING_NOISE = option(
            "retraining.noise",
            OptionType.number("above 0", value -> value > 0 && value < Double.POSITIVE_INFINITY),
            0.1,
            "deviations",
            "Deviation of the noise of `denoising` and `contractive`, in standard deviations of a feature. Without effect on"
                    + " other methods.",
            "Less than what tells normal rows apart.",
            config -> config.retraining().noise());

    public static final Option<GeneratorStructure> RETRAINING_GENERATORS = option(
            "retraining.generators",
            OptionType.oneOf(GeneratorStructure.class),
            GeneratorStructure.LOW_RANK,
            "",
            "Form of the symmetry generators of the `lie` methods.",
            "`full` is the paper's, and costs memory and time with the square of the window's values.",
            config -> config.retraining().generators());

    public static final Option<Integer> RETRAINING_GENERATOR_RANK = option(
            "retraining.generatorRank",
            OptionType.integer(1, 1024),
            4,
            "",
            "Rank of each symmetry generator. Without effect where the generators have no low-rank part.",
            "Higher lets a symmetry move more features together.",
            config -> config.retraining().generatorRank());

    public static final Option<WindowSymmetry> RETRAINING_SYMMETRY = option(
            "retraining.symmetry",
            OptionType.oneOf(WindowSymmetry.class),
            WindowSymmetry.NONE,
            "",
            "Whether the network also trains on windows moved along a symmetry learned from normal ones: `validated` takes a learned"
                    + " rotation if validation on normal windows finds that it helps, and none otherwise.",
            "`none`: on public streams no learned symmetry detects more. On noise, of which rotations are a symmetry, `validated`"
                    + " takes one in 6 of 20 draws of 150 windows; the error on other noise is .3 % less.",
            config -> config.retraining().symmetry());

    public static final Option<Double> RETRAINING_VALIDATION_FRACTION = option(
            "retraining.validationFraction",
            OptionType.number("in (0, 0.5]", value -> value > 0 && value <= 0.5),
            0.15,
            "",
            "Part of the history's end that early stopping looks at.",
            "More where history is short.",
            config -> config.retraining().validationFraction());

    public static final Option<Double> RETRAINING_CALIBRATION_FRACTION = option(
            "retraining.calibrationFraction",
            OptionType.number("in (0, 0.5]", value -> value > 0 && value <= 0.5),
            0.15,
            "",
            "Part of the history's end that the alarms are calibrated on where the network uses what it learned; linear parts"
                    + " are judged out of fold, and need none of it.",
            "More for a smaller alarm budget.",
            config -> config.retraining().calibrationFraction());

    public static final Option<Long> RETRAINING_SEED = option(
            "retraining.seed",
            OptionType.longInteger(),
            1L,
            "",
            "Seed of the initial weights, the sample and the order of the batches.",
            "Same seed, same data, same machine: same model, byte for byte.",
            config -> config.retraining().seed());

    public static final Option<ScalingKind> RETRAINING_SCALING = option(
            "retraining.scaling",
            OptionType.oneOf(ScalingKind.class),
            ScalingKind.STANDARD,
            "",
            "How raw values are brought to one scale: `standard` by mean and deviation, `robust` by median and"
                    + " interquartile range.",
            "`robust` where the history holds incidents that nobody took out.",
            config -> config.retraining().scaling());

    public static final Option<AlarmBudget> ALARMS_BUDGET = option(
            "alarms.budget",
            OptionType.alarmBudget(),
            AlarmBudget.DEFAULT,
            "",
            "How many false alarms are borne: for each entity, or for all together where it does not say `per entity`.",
            "What those who are woken can bear. It is extrapolated where the held-out observations are fewer than 20 times those between two promised alarms.",
            config -> config.alarms().budget());

    public static final Option<Integer> MICRO_BATCH_SIZE = option(
            "microBatch.size",
            OptionType.integer(1, 65_536),
            256,
            "observations",
            "Observations that go through the network at once, for each subtask.",
            "256 is within a few percent of the best throughput.",
            config -> config.microBatch().size());

    public static final Option<Duration> MICRO_BATCH_LINGER = option(
            "microBatch.linger",
            OptionType.duration(MILLISECOND, Duration.ofMinutes(1)),
            Duration.ofMillis(20),
            "duration",
            "An observation waits at most this long for its micro-batch to fill.",
            "It is the latency that scoring adds on a quiet stream.",
            config -> config.microBatch().linger());

    public static final Option<ContributionDetail> OUTPUT_CONTRIBUTIONS = option(
            "output.contributions",
            OptionType.oneOf(ContributionDetail.class),
            ContributionDetail.ANOMALOUS,
            "",
            "Which scores say how much each feature contributed.",
            "`all` costs about 20 bytes for each feature of each score.",
            config -> config.output().contributions());

    public static final Option<Integer> OUTPUT_REJECTED_MAX_BYTES = option(
            "output.rejectedMaxBytes",
            OptionType.integer(0, 64 * MEBIBYTE),
            4 * MEBIBYTE,
            "bytes",
            "Original bytes that a rejected record keeps; the rest is cut off.",
            "At least the observations topic's `max.message.bytes`, so that everything can be mended and sent again.",
            config -> config.output().rejectedMaxBytes());

    public static final Option<Integer> OUTPUT_OBSERVATION_MAX_BYTES = option(
            "output.observationMaxBytes",
            OptionType.integer(16, 64 * MEBIBYTE),
            MEBIBYTE / 2,
            "bytes",
            "A larger observation is rejected without being decoded.",
            "Far above what an honest producer sends: 4 bytes for each feature when positional.",
            config -> config.output().observationMaxBytes());

    public static final Option<Duration> INCIDENTS_QUIET = option(
            "incidents.quiet",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            Duration.ofMinutes(10),
            "duration",
            "An incident is over when nothing anomalous came for so long in event time, and for ten of the entity's own"
                    + " intervals.",
            "The pause after which the same trouble deserves a new alert. What comes back earlier is joined.",
            config -> config.incidents().quiet());

    public static final Option<List<Double>> INCIDENTS_SEVERITY_BANDS = option(
            "incidents.severityBands",
            OptionType.risingNumbers(3),
            List.of(1.0, 2.0, 4.0),
            "alarm score above the threshold",
            "From where on an incident is medium, high and critical.",
            "Scores are logarithms: 1 stands for 2.7 times, 4 for 55 times the squared deviation that is allowed.",
            config -> config.incidents().severityBands());

    public static final Option<Duration> INCIDENTS_GROUP_INTERVAL = option(
            "incidents.groupInterval",
            OptionType.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofSeconds(10),
            "duration",
            "Incidents that open within so long of each other may be one outbreak. Each is held back for so long.",
            "How far apart one cause reaches the entities: at least the interval at which they report. Zero switches"
                    + " groups off, and nothing is held back.",
            config -> config.incidents().groupInterval());

    public static final Option<Integer> INCIDENTS_GROUP_MINIMUM = option(
            "incidents.groupMinimum",
            OptionType.integer(2, 1_000_000),
            5,
            "entities",
            "Fewer entities are no group. More are needed where more break by chance.",
            "As many pages at once as you would rather have one of.",
            config -> config.incidents().groupMinimum());

    public static final Option<Boolean> INCIDENTS_SILENCE = option(
            "incidents.silence",
            OptionType.flag(),
            true,
            "",
            "Whether an entity that falls silent, by its own rhythm, is an incident.",
            "False where entities come and go as they like.",
            config -> config.incidents().silence());

    public static final Option<Duration> INCIDENTS_SILENCE_MINIMUM = option(
            "incidents.silenceMinimum",
            OptionType.duration(MILLISECOND, Duration.ofDays(30)),
            Duration.ofSeconds(1),
            "duration",
            "No shorter silence is an incident, however fast the rhythm.",
            "Longer where short gaps of fast entities are of no interest.",
            config -> config.incidents().silenceMinimum());

    public static final Option<Duration> INCIDENTS_STALL_AFTER = option(
            "incidents.stallAfter",
            OptionType.duration(Duration.ofSeconds(1), DAY),
            Duration.ofMinutes(1),
            "duration",
            "The source is stalled when nothing at all came for so long: one incident for all entities.",
            "Several times the longest usual pause of the whole stream.",
            config -> config.incidents().stallAfter());

    public static final Option<Duration> INCIDENTS_FORGET_AFTER = option(
            "incidents.forgetAfter",
            OptionType.duration(Duration.ofMinutes(1), LONG),
            Duration.ofDays(7),
            "duration",
            "An entity that was silent for so long is gone: its silence is over, and its rhythm is forgotten.",
            "Longer than any entity is usually switched off.",
            config -> config.incidents().forgetAfter());

    public static final Option<List<String>> RULES_ONLY_UP = option(
            "rules.onlyUp",
            OptionType.names(),
            List.of(),
            "",
            "Features of which only a rise counts. A score is suppressed when what counts holds less than half of it.",
            "Where a fall is good news, such as latency or errors.",
            config -> config.rules().onlyUp());

    public static final Option<List<String>> RULES_ONLY_DOWN = option(
            "rules.onlyDown",
            OptionType.names(),
            List.of(),
            "",
            "Features of which only a fall counts.",
            "Where a rise is good news, such as free disk space.",
            config -> config.rules().onlyDown());

    public static final Option<Map<String, Double>> RULES_LEAST_DEVIATION = option(
            "rules.leastDeviation",
            OptionType.amounts(),
            Map.of(),
            "each feature's own",
            "By how much a feature must deviate from what was expected, at least, to count.",
            "Below what anybody would act on.",
            config -> config.rules().leastDeviation());

    public static final Option<Map<String, Double>> RULES_LEAST_RELATIVE_DEVIATION = option(
            "rules.leastRelativeDeviation",
            OptionType.amounts(),
            Map.of(),
            "part of the expected value",
            "The same as a part of what was expected: 0.1 is a tenth.",
            "For features that span orders of magnitude over the entities.",
            config -> config.rules().leastRelativeDeviation());

    public static final Option<String> RULES_CALENDAR = option(
            "rules.calendar",
            OptionType.file(),
            "",
            "",
            "iCalendar file (.ics) with maintenance, during which scores and silences are suppressed. It is read when the"
                    + " job is submitted. `X-NOETHER-ENTITIES` in an event names its entities, with `*` and commas.",
            "Exported from the calendar in which maintenance is planned. Repetitions and time zones are understood.",
            config -> config.rules().calendar());

    public static final Option<Duration> CHECKPOINTS_INTERVAL = option(
            "checkpoints.interval",
            OptionType.duration(Duration.ofMillis(10), Duration.ofMinutes(5)),
            Duration.ofSeconds(5),
            "duration",
            "Time from one checkpoint to the next. With `exactlyOnce`, scores become visible at each.",
            "The delay you accept for an alert. Below a second the checkpoints themselves cost throughput.",
            config -> config.checkpoints().interval());

    public static final Option<URI> CHECKPOINTS_DIRECTORY = directory(
            "checkpoints.directory",
            ".noether/checkpoints",
            "Directory of the checkpoints.",
            "One that the job manager and every task manager reach, and that survives each of them.",
            config -> config.checkpoints().directory());

    /** Every option. */
    public static final List<Option<?>> ALL = List.of(
            DETECTOR,
            FEATURES,
            PARALLELISM,
            EXACTLY_ONCE,
            KAFKA_BOOTSTRAP_SERVERS,
            KAFKA_PROPERTIES,
            TOPICS_OBSERVATIONS,
            TOPICS_SCORES,
            TOPICS_REJECTED,
            TOPICS_MODELS,
            TOPICS_INCIDENTS,
            TOPICS_FEEDBACK,
            ENTITIES_DISORDER,
            ENTITIES_LATE_POLICY,
            ENTITIES_IDLENESS,
            ENTITIES_MAX_AHEAD,
            ENTITIES_MAX,
            ENTITIES_DUPLICATES,
            ENTITIES_MISSING,
            ENTITIES_MISSING_BY_FEATURE,
            WINDOW_ROWS,
            MODEL_ARCHITECTURE,
            MODEL_CODE_SIZE,
            MODEL_FORECAST_ROWS,
            MODEL_HIDDEN_WIDTHS,
            MODEL_ENGINE,
            MODEL_STORE,
            RETRAINING_INTERVAL,
            RETRAINING_HISTORY,
            RETRAINING_ACTIVATION_DELAY,
            RETRAINING_MIN_ROWS,
            RETRAINING_MAX_ROWS,
            RETRAINING_EPOCHS,
            RETRAINING_BATCH_SIZE,
            RETRAINING_LEARNING_RATE,
            RETRAINING_PATIENCE,
            RETRAINING_METHOD,
            RETRAINING_PENALTY_WEIGHT,
            RETRAINING_NOISE,
            RETRAINING_GENERATORS,
            RETRAINING_GENERATOR_RANK,
            RETRAINING_SYMMETRY,
            RETRAINING_VALIDATION_FRACTION,
            RETRAINING_CALIBRATION_FRACTION,
            RETRAINING_SEED,
            RETRAINING_SCALING,
            ALARMS_BUDGET,
            MICRO_BATCH_SIZE,
            MICRO_BATCH_LINGER,
            OUTPUT_CONTRIBUTIONS,
            OUTPUT_REJECTED_MAX_BYTES,
            OUTPUT_OBSERVATION_MAX_BYTES,
            INCIDENTS_QUIET,
            INCIDENTS_SEVERITY_BANDS,
            INCIDENTS_GROUP_INTERVAL,
            INCIDENTS_GROUP_MINIMUM,
            INCIDENTS_SILENCE,
            INCIDENTS_SILENCE_MINIMUM,
            INCIDENTS_STALL_AFTER,
            INCIDENTS_FORGET_AFTER,
            RULES_ONLY_UP,
            RULES_ONLY_DOWN,
            RULES_LEAST_DEVIATION,
            RULES_LEAST_RELATIVE_DEVIATION,
            RULES_CALENDAR,
            CHECKPOINTS_INTERVAL,
            CHECKPOINTS_DIRECTORY);

    private Options() {}

    /** Returns the option of a key, or null where there is none. */
    static @Nullable Option<?> find(String key) {
        for (Option<?> option : ALL) {
            if (option.key().equals(key)) {
                return option;
            }
        }
        return null;
    }

    /** The sections, in order; the keys at top level are not in one. */
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
        return new Option<>(key, type, defaultValue, null, unit, description, choosing, getter);
    }

    private static <T> Option<T> required(
            String key,
            OptionType<T> type,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        return new Option<>(key, type, null, null, unit, description, choosing, getter);
    }

    private static <T> Option<T> derived(
            String key,
            OptionType<T> type,
            String derivation,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        return new Option<>(key, type, null, derivation, "", description, choosing, getter);
    }

    /** A directory whose default lies under the working directory: the page shows it as it would be written. */
    private static Option<URI> directory(
            String key, String path, String description, String choosing, Function<DetectorConfig, URI> getter) {
        OptionType<URI> type = OptionType.directory();
        URI here = requireNonNull(type.read(path));
        return new Option<>(key, type, here, "`" + path + "`", "", description, choosing, getter);
    }
}

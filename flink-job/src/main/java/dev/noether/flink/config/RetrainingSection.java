package dev.noether.flink.config;

import dev.noether.model.feature.ScalingKind;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.training.WindowSymmetry;
import java.time.Duration;
import java.util.List;

/** Options of the section {@code retraining}: when a model is trained, on which rows, and how. */
public final class RetrainingSection {
    private static final Duration LONG = Duration.ofDays(3650);
    private static final Duration DAY = Duration.ofDays(1);

    private static final OptionSection SECTION = new OptionSection("retraining");

    public static final Option<Duration> INTERVAL = SECTION.option(
            "interval",
            OptionType.duration(Duration.ofSeconds(1), LONG),
            DAY,
            "duration",
            "Time from one training to the next: of `retrain --periodically`, of the service `retrainer` "
                    + "and of the demo.",
            "As often as normal behaviour changes; a day is usual.",
            config -> config.retraining().schedule().interval());

    public static final Option<Duration> HISTORY = SECTION.option(
            "history",
            OptionType.duration(Duration.ofSeconds(1), LONG),
            Duration.ofDays(7),
            "duration",
            "Length of the history that a model is trained on, in event time.",
            "Whole periods of repeating behaviour, a week for most entities, and not more than the "
                    + "topic's retention.",
            config -> config.retraining().rows().history());

    public static final Option<Duration> PROBATION = SECTION.option(
            "probation",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ofHours(2),
            "duration",
            "Time, in event time, for which the retrainer watches the alarms of a new model, and withdraws it if "
                    + "they are far above the budget.",
            "`PT0S` switches it off. The first model is never withdrawn, because no other could take over.",
            config -> config.retraining().schedule().probation());

    public static final Option<Duration> SHADOW = SECTION.option(
            "shadow",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ZERO,
            "duration",
            "Time, in event time, for which a new model that passed the gate scores in shadow: beside the model in "
                    + "force, without raising anything. The retrainer compares both, then promotes or refuses it.",
            "`PT0S` switches it off. An hour or more with it; it doubles the work of scoring for that time.",
            config -> config.retraining().schedule().shadow().shadow());

    public static final Option<PromotionPolicy> SHADOW_PROMOTION = SECTION.option(
            "shadowPromotion",
            OptionType.oneOf(PromotionPolicy.class),
            PromotionPolicy.AUTOMATIC,
            "",
            "Who promotes a model that passed its shadow: the retrainer, or a person with "
                    + "`./noether models promote`.",
            "`manual` if a person must look at the comparison first.",
            config -> config.retraining().schedule().shadow().shadowPromotion());

    public static final Option<Duration> ACTIVATION_DELAY = SECTION.option(
            "activationDelay",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ofMinutes(1),
            "duration",
            "Delay, in event time behind the newest observation, after which a new model takes effect. "
                    + "The first model takes effect at once.",
            "Longer than a release needs to reach every task: then a replay scores each window with the "
                    + "same model as the first time.",
            config -> config.retraining().schedule().activationDelay());

    public static final Option<DriftPolicy> DRIFT = SECTION.option(
            "drift",
            OptionType.oneOf(DriftPolicy.class),
            DriftPolicy.PROPOSE,
            "",
            "What the retrainer does when the scores of many entities have changed for `retraining.driftPeriod`: "
                    + "nothing, a warning in the log that proposes a training, or a training. Incidents of few "
                    + "entities, and rows with filled-in or stuck values, are no such change.",
            "`train` if your entities change by plan, such as with releases; the gate still judges the new model.",
            config -> config.retraining().schedule().drift());

    public static final Option<Duration> DRIFT_PERIOD = SECTION.option(
            "driftPeriod",
            OptionType.duration(Duration.ofMinutes(1), LONG),
            Duration.ofHours(6),
            "duration",
            "Time for which a change must last, in event time. At most one training follows in that time.",
            "Longer than the incidents that usually end by themselves.",
            config -> config.retraining().schedule().driftPeriod());

    public static final Option<Integer> MIN_ROWS = SECTION.option(
            "minRows",
            OptionType.integer(10, 10_000_000),
            1000,
            "rows",
            "If the history has fewer rows, no model is trained.",
            "Many: the alarm budget is calibrated on them.",
            config -> config.retraining().rows().minRows());

    public static final Option<Integer> MAX_ROWS = SECTION.option(
            "maxRows",
            OptionType.integer(10, 10_000_000),
            200_000,
            "rows",
            "If the history has more rows, a sample of this many is trained on.",
            "It bounds memory, whatever the length of the history: about 16 bytes for each row × `window.rows` × "
                    + "feature.",
            config -> config.retraining().rows().maxRows());

    public static final Option<Double> MAX_LEFT_OUT = SECTION.option(
            "maxLeftOut",
            OptionType.number("in [0, 1]", value -> value >= 0 && value <= 1),
            0.2,
            "",
            "Largest fraction of the rows of the history that is left out because a model found it anomalous. With "
                    + "more, these rows are trained on: they are the new normal behaviour. So are the rows of an entity "
                    + "that is anomalous for this part of the history and until its end.",
            "More than the longest incident, as a part of `retraining.history`. 0 leaves out only maintenance and "
                    + "confirmed incidents.",
            config -> config.retraining().rows().maxLeftOut());

    public static final Option<Integer> EPOCHS = SECTION.option(
            "epochs",
            OptionType.integer(1, 100_000),
            60,
            "passes",
            "Largest number of passes over the rows.",
            "Early stopping usually ends training sooner; raise it if the log reports that the last epoch "
                    + "was the best.",
            config -> config.retraining().optimiser().epochs());

    public static final Option<Integer> BATCH_SIZE = SECTION.option(
            "batchSize",
            OptionType.integer(1, 65_536),
            64,
            "rows",
            "Number of rows in one gradient step.",
            "A larger batch is faster for each row and learns less from it.",
            config -> config.retraining().optimiser().batchSize());

    public static final Option<Double> LEARNING_RATE = SECTION.option(
            "learningRate",
            OptionType.number("in (0, 1]", value -> value > 0 && value <= 1),
            0.001,
            "",
            "Learning rate of the optimiser, Adam.",
            "A third of the default if the training loss jumps.",
            config -> config.retraining().optimiser().learningRate());

    public static final Option<Integer> PATIENCE = SECTION.option(
            "patience",
            OptionType.integer(1, 100_000),
            8,
            "epochs",
            "Number of epochs without a better validation loss after which training stops.",
            "More if the validation loss is noisy.",
            config -> config.retraining().optimiser().patience());

    public static final Option<MethodKind> METHOD = SECTION.option(
            "method",
            OptionType.oneOf(MethodKind.class),
            MethodKind.PLAIN,
            "",
            "Training method: one of the methods in the paper's Table 1.",
            "`plain`, unless an evaluation on your data favours another: on public streams none of the "
                    + "others detects more.",
            config -> config.retraining().objective().method());

    public static final Option<Double> PENALTY_WEIGHT = SECTION.option(
            "penaltyWeight",
            OptionType.number("of at least 0", value -> value >= 0 && value < Double.POSITIVE_INFINITY),
            0.0,
            "",
            "Weight of the method's penalty beside the reconstruction loss: above 0 for `contractive` and "
                    + "both `lie` methods, 0 for the others.",
            "Try 0.1 and keep it if the evaluation improves. The penalty of first order lengthens "
                    + "training by at most half, that of second order up to four times.",
            config -> config.retraining().objective().penaltyWeight());

    public static final Option<Double> NOISE = SECTION.option(
            "noise",
            OptionType.number("above 0", value -> value > 0 && value < Double.POSITIVE_INFINITY),
            0.1,
            "deviations",
            "Standard deviation of the noise of `denoising` and `contractive`, in standard deviations of "
                    + "a feature. Other methods ignore it.",
            "Less than the difference between two distinct normal rows.",
            config -> config.retraining().objective().noise());

    public static final Option<GeneratorStructure> GENERATORS = SECTION.option(
            "generators",
            OptionType.oneOf(GeneratorStructure.class),
            GeneratorStructure.LOW_RANK,
            "",
            "Form of the symmetry generators of the `lie` methods.",
            "`full` is the paper's form; its memory and time grow with the square of the number of values "
                    + "in a window.",
            config -> config.retraining().objective().generators());

    public static final Option<Integer> GENERATOR_RANK = SECTION.option(
            "generatorRank",
            OptionType.integer(1, 1024),
            4,
            "",
            "Rank of each symmetry generator. Ignored if the generators have no low-rank part.",
            "A higher rank lets a symmetry move more features together.",
            config -> config.retraining().objective().generatorRank());

    public static final Option<WindowSymmetry> SYMMETRY = SECTION.option(
            "symmetry",
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

    public static final Option<Double> VALIDATION_FRACTION = SECTION.option(
            "validationFraction",
            OptionType.number("in (0, 0.5]", value -> value > 0 && value <= 0.5),
            0.15,
            "",
            "Fraction of the history, at its end, that early stopping is validated on.",
            "More if the history is short.",
            config -> config.retraining().rows().validationFraction());

    public static final Option<Double> CALIBRATION_FRACTION = SECTION.option(
            "calibrationFraction",
            OptionType.number("in (0, 0.5]", value -> value > 0 && value <= 0.5),
            0.15,
            "",
            "Fraction of the history, at its end, that the alarms are calibrated on if the network uses "
                    + "its learned part. Linear parts are calibrated out of fold and need no held-out rows.",
            "More for a smaller alarm budget.",
            config -> config.retraining().rows().calibrationFraction());

    public static final Option<Double> GATE_FRACTION = SECTION.option(
            "gateFraction",
            OptionType.number("in [0, 0.5]", value -> value >= 0 && value <= 0.5),
            0.1,
            "",
            "Fraction of the history, at its end, on which a new model is compared with the model in force before it "
                    + "scores. A trial model is trained without these rows, so a training takes about twice as long. "
                    + "0: no rows are held out, and a new model is only checked by itself.",
            "The default; more for a short history.",
            config -> config.retraining().gate().gateFraction());

    public static final Option<Long> SEED = SECTION.option(
            "seed",
            OptionType.longInteger(),
            1L,
            "",
            "Seed of the initial weights, the sample and the order of the batches.",
            "The same seed, data and machine give the same model, byte for byte.",
            config -> config.retraining().optimiser().seed());

    public static final Option<ScalingKind> SCALING = SECTION.option(
            "scaling",
            OptionType.oneOf(ScalingKind.class),
            ScalingKind.STANDARD,
            "",
            "How raw values are scaled: `standard` by mean and standard deviation, `robust` by median and "
                    + "interquartile range.",
            "`robust` if the history contains incidents that were not removed.",
            config -> config.retraining().rows().scaling());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private RetrainingSection() {}
}

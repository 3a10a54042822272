package dev.noether.flink.config;

import dev.noether.model.engine.EngineChoice;
import dev.noether.model.schedule.ScheduleChoice;
import dev.noether.model.schedule.ScheduleOptions;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.CounterChoice;
import dev.noether.model.training.DetectorOptions;
import java.net.URI;
import java.util.List;

/** Options of the section {@code model}: the network and the store of the artifacts. */
public final class ModelSection {
    private static final OptionSection SECTION = new OptionSection("model");

    public static final Option<Architecture> ARCHITECTURE = SECTION.option(
            "architecture",
            OptionType.oneOf(Architecture.class),
            Architecture.PCA_RESIDUAL,
            "",
            "The network before training: `pca_residual` starts as principal components and learns the "
                    + "residual, `relu` has the paper's layers with random weights.",
            "`pca_residual`: it starts from the best linear map, and training keeps it at least as good "
                    + "on the validation rows.",
            config -> config.model().architecture());

    public static final Option<Integer> CODE_SIZE = SECTION.option(
            "codeSize",
            OptionType.integer(1, 4096),
            10,
            "units",
            "Width of the bottleneck.",
            "About the number of independent causes behind the features. If it is too wide, anomalies are "
                    + "reconstructed too.",
            config -> config.model().codeSize());

    public static final Option<Integer> FORECAST_ROWS = SECTION.option(
            "forecastRows",
            OptionType.integer(0, 1024),
            DetectorOptions.DEFAULT_FORECAST_ROWS,
            "observations",
            "Number of observations before the newest from which the model forecasts it: its second view, "
                    + "beside the reconstruction.",
            "Both views together find more at few false alarms than the reconstruction alone. 0 switches "
                    + "the forecast off.",
            config -> config.model().forecastRows());

    public static final Option<List<Integer>> HIDDEN_WIDTHS = SECTION.option(
            "hiddenWidths",
            OptionType.integers(8, 1, 65_536),
            List.of(),
            "units",
            "Widths of the layers from the input to the bottleneck; the decoder mirrors them. If empty, "
                    + "they are derived from the input.",
            "Leave it empty unless an evaluation on your data favours other widths.",
            config -> config.model().hiddenWidths());

    public static final Option<EngineChoice> ENGINE = SECTION.option(
            "engine",
            OptionType.oneOf(EngineChoice.class),
            EngineChoice.AUTO,
            "",
            "The library that computes the network.",
            "`auto` uses the fastest one that works. `reference` is plain Java, for machines on which no "
                    + "native library loads.",
            config -> config.model().engine());

    public static final Option<List<String>> COUNTERS = SECTION.option(
            "counters",
            OptionType.names(),
            List.of(CounterChoice.AUTO),
            "",
            "The features that are counters: totals that only grow, but for resets. They are judged by their increase per "
                    + "second. `auto` stands for those that a training recognises in its history.",
            "`auto`; the training says which features it took for counters. A list of names if it is wrong, or `[]` to "
                    + "judge all values as they are. It takes effect with the next model.",
            config -> config.model().counters());

    public static final Option<ShapeChoice> SHAPE = SECTION.option(
            "shape",
            OptionType.oneOf(ShapeChoice.class),
            ShapeChoice.AUTO,
            "",
            "Whether models judge the shape of the last period of a signal that repeats.",
            "`auto` decides by the training history: exactly one feature has more than two distinct values, and it "
                    + "repeats clearly. `on` needs less clear a repetition. Where no shape is judged, scores are as "
                    + "with `off`, and the training says why: on the screen and in the log.",
            config -> config.model().recurrence().shape());

    public static final Option<Integer> SHAPE_MEMORY = SECTION.option(
            "shapeMemory",
            OptionType.integer(0, ShapeModel.MOST_MEMORY),
            0,
            "windows",
            "Number of windows of an entity's own past with which the shape of its last period is compared, "
                    + "beside those of the training history; 0 for none.",
            "It helps entities whose shape is not that of the training history. Each window needs 25 bytes of state "
                    + "and a quarter of a byte for each row of the period: 1000 windows of a period of 100 rows "
                    + "50 kB an entity. It takes effect with the next model.",
            config -> config.model().recurrence().shapeMemory());

    public static final Option<ScheduleChoice> SCHEDULES = SECTION.option(
            "schedules",
            OptionType.oneOf(ScheduleChoice.class),
            ScheduleChoice.AUTO,
            "",
            "Whether models learn what recurs at certain times, such as a job at two o'clock each night.",
            "`auto` does, where the history shows it at least three times. What came each time is then expected; that "
                    + "it does not come, or does not end, is told. Where nothing recurs, scores are as with `off`.",
            config -> config.model().recurrence().schedules());

    public static final Option<String> ZONE = SECTION.option(
            "zone",
            OptionType.zone(),
            ScheduleOptions.FIND_ZONE,
            "",
            "Time zone of the timers that start recurring jobs.",
            "It matters where clocks are put forward and back: `Europe/Berlin` keeps a job of two o'clock at two "
                    + "o'clock. `auto` finds the zone if the history contains such a change, and is UTC otherwise. "
                    + "Zones that change at the same time cannot be told apart; name yours to see its local times. It "
                    + "takes effect with the next model.",
            config -> config.model().recurrence().zone());

    public static final Option<URI> STORE = SECTION.directory(
            "store",
            "models",
            "Directory of the model artifacts. A relative path is relative to the detector file.",
            "One that the retraining job and every task manager can read and write: a shared file system "
                    + "or object store on a cluster. `./noether score` and `retrain` themselves need a path on this "
                    + "machine.",
            config -> config.model().store());

    public static final Option<Integer> KEEP = SECTION.option(
            "keep",
            OptionType.integer(8, 100_000),
            20,
            "models",
            "Number of newest models whose files stay in the store; each training removes the older ones.",
            "A scoring job needs the newest 8. More let you announce an older model again.",
            config -> config.model().keep());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private ModelSection() {}
}

package dev.noether.flink.config;

import dev.noether.model.feature.MissingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Options of the section {@code entities}: which observations count, and how many entities have state. */
public final class EntitySection {
    private static final Duration LONG = Duration.ofDays(3650);
    private static final Instant FIRST_TIME = Instant.EPOCH;
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static final OptionSection SECTION = new OptionSection("entities");

    public static final Option<Duration> DISORDER = SECTION.option(
            "disorder",
            OptionType.duration(Duration.ZERO, DAY),
            Duration.ofSeconds(5),
            "duration",
            "How much older than the newest observation of its entity an observation may be without being " + "late.",
            "The usual disorder within one entity; zero if its observations arrive in order.",
            config -> config.entities().disorder());

    public static final Option<LatePolicy> LATE_POLICY = SECTION.option(
            "latePolicy",
            OptionType.oneOf(LatePolicy.class),
            LatePolicy.MARK,
            "",
            "What happens to a late observation: `mark` writes it as unscored, `score` scores it as if it "
                    + "had arrived in time.",
            "Use `score` only if the observations of an entity arrive in order even when its clock lags.",
            config -> config.entities().latePolicy());

    public static final Option<Duration> IDLENESS = SECTION.option(
            "idleness",
            OptionType.duration(MILLISECOND, DAY),
            Duration.ofSeconds(30),
            "duration",
            "A partition without records for this long no longer delays event time.",
            "Several times the usual interval between two records of a partition.",
            config -> config.entities().idleness());

    public static final Option<Duration> MAX_AHEAD = SECTION.option(
            "maxAhead",
            OptionType.duration(Duration.ZERO, LONG),
            DAY,
            "duration",
            "An observation is rejected if its event time is further ahead of the job's clock, or of its "
                    + "record's Kafka timestamp, than this.",
            "More than the largest wrong time zone that you want to accept. Raise it only for simulated times.",
            config -> config.entities().times().maxAhead());

    public static final Option<Instant> EARLIEST = SECTION.option(
            "earliest",
            OptionType.instant(FIRST_TIME, LAST_TIME),
            Instant.parse("1990-01-01T00:00:00Z"),
            "",
            "An observation is rejected if its event time is before this. Event times in seconds look like January 1970.",
            "Before the oldest history that you want to replay.",
            config -> config.entities().times().earliest());

    public static final Option<Instant> LATEST = SECTION.option(
            "latest",
            OptionType.instant(FIRST_TIME, LAST_TIME),
            Instant.parse("2100-01-01T00:00:00Z"),
            "",
            "An observation is rejected if its event time is after this, whatever the clocks say.",
            "The default, unless you replay simulated times.",
            config -> config.entities().times().latest());

    public static final Option<Integer> MAX = SECTION.option(
            "max",
            OptionType.integer(1, 1_000_000_000),
            1_000_000,
            "entities",
            "Largest number of entities with state, over all subtasks. Above it, the state of the "
                    + "entities that have been silent longest is deleted.",
            "More than the number of entities that report in a week. The memory that it needs is logged "
                    + "at the start.",
            config -> config.entities().max());

    public static final Option<DuplicatePolicy> DUPLICATES = SECTION.option(
            "duplicates",
            OptionType.oneOf(DuplicatePolicy.class),
            DuplicatePolicy.REPEAT,
            "",
            "How to treat an observation whose event time is already in its entity's window: `repeat` "
                    + "scores it in place of the earlier one and updates nothing, `keep` treats it as one more "
                    + "observation.",
            "Use `keep` if the clock is coarser than the interval between observations.",
            config -> config.entities().duplicates());

    public static final Option<MissingPolicy> MISSING = SECTION.option(
            "missing",
            OptionType.oneOf(MissingPolicy.class),
            MissingPolicy.HOLD,
            "",
            "What replaces a feature that is NaN or absent: `hold` the entity's last value, `interpolate` "
                    + "the mean of that and the usual value, `ignore` the usual value; `reject` rejects the "
                    + "observation.",
            "A replaced value is context only: the score lists it as imputed, and it is never judged.",
            config -> config.entities().missing());

    public static final Option<Map<String, MissingPolicy>> MISSING_BY_FEATURE = SECTION.option(
            "missingByFeature",
            OptionType.symbols(MissingPolicy.class),
            Map.of(),
            "",
            "Another policy for single features, by name.",
            "`ignore` for counters that restart, `reject` for features without which no score is useful.",
            config -> config.entities().missingByFeature());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private EntitySection() {}
}

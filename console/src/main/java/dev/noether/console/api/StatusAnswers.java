package dev.noether.console.api;

import dev.noether.console.follow.FollowReport;
import dev.noether.console.follow.FollowState;
import dev.noether.console.follow.TopicFollowers;
import dev.noether.console.http.HttpReply;
import dev.noether.console.http.JsonText;
import dev.noether.console.http.QueryParameters;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.EntityQueries;
import dev.noether.console.store.IncidentQueries;
import dev.noether.console.store.ScoreQueries;
import dev.noether.console.store.StoreTimes;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.incident.report.ReadableQuantity;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer about the state of everything. Thread safe. */
final class StatusAnswers {
    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long FAR = 1L << 53;

    private final DetectorConfig config;
    private final ConsoleStore store;
    private final TopicFollowers followers;
    private final ModelAnswers models;
    private final FlinkState flink;
    private final boolean isReadOnly;
    private final long startedAt = System.currentTimeMillis();
    private volatile @Nullable Totals totals;

    /** Numbers that take a moment to count, and that are counted each ten seconds. */
    private record Totals(
            long countedAt,
            long from,
            long scores,
            long incidents,
            long entities,
            @Nullable Long oldest,
            EntityQueries.Alarms alarms) {}

    StatusAnswers(
            DetectorConfig config,
            ConsoleStore store,
            TopicFollowers followers,
            ModelAnswers models,
            FlinkState flink,
            boolean isReadOnly) {
        this.config = config;
        this.store = store;
        this.followers = followers;
        this.models = models;
        this.flink = flink;
        this.isReadOnly = isReadOnly;
    }

    /** {@code GET /api/status}. */
    HttpReply status(QueryParameters parameters) {
        return HttpReply.json(this::write);
    }

    /** {@code GET /healthz}. */
    HttpReply health(QueryParameters parameters) {
        String failure = store.failure();
        if (failure != null) {
            return HttpReply.text(503, failure);
        }
        for (FollowReport report : followers.reports()) {
            if (report.state() == FollowState.UNREACHABLE || report.state() == FollowState.MISSING) {
                return HttpReply.text(503, String.valueOf(report.message()));
            }
        }
        return HttpReply.text(200, "ok");
    }

    /** Whether no topic can be reached. */
    boolean isKafkaAway() {
        return followers.reports().stream().allMatch(report -> report.state() == FollowState.UNREACHABLE);
    }

    /** Returns the state as JSON. */
    byte[] json() {
        return JsonText.object(this::write);
    }

    private void write(JsonText json) throws IOException {
        ModelRelease model = models.inForce();
        Totals counts = totals(model);
        Long eventTime = store.find(StoreTimes::eventTime);
        json.text("detector", config.detector())
                .integer("serverTime", System.currentTimeMillis())
                .integerOrNull("eventTime", eventTime)
                .flag("readOnly", isReadOnly)
                .integer("startedAt", startedAt)
                .text("version", version());
        json.objects("topics", followers.reports(), this::topic);
        json.object(
                "store",
                item -> item.text("failure", store.failure())
                        .integer("bytes", store.bytes())
                        .integer("limitBytes", config.console().store().storeBytes())
                        .integerOrNull("oldest", counts.oldest())
                        .integer("scores", counts.scores())
                        .integer("incidents", counts.incidents())
                        .integer("entities", counts.entities()));
        json.object("open", this::open);
        json.object("budget", item -> budget(item, counts.alarms(), model, eventTime));
        json.object(
                "rates",
                item -> item.number("scoresPerSecond", followers.rates().scoresPerSecond())
                        .integer("anomalousPerMinute", followers.rates().anomalousPerMinute())
                        .integerOrNull("lastScoreAt", followers.rates().lastArrival()));
        if (model == null) {
            json.nothing("model");
        } else {
            json.object(
                    "model",
                    item -> item.integer("version", model.version())
                            .text("hash", model.identity().shortHash())
                            .integer("effectiveFrom", model.effectiveFrom())
                            .integer("announcedAt", model.announcedAt()));
        }
        json.object("job", flink::write);
    }

    private static String version() {
        String version = StatusAnswers.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private void topic(JsonText json, FollowReport report) throws IOException {
        json.text("role", report.role().toString())
                .text("name", report.topic())
                .integer("records", report.records())
                .integerOrNull("lag", report.lag())
                .integerOrNull("newest", store.find(connection -> StoreTimes.newest(connection, report.role())))
                .text("state", report.state().toString())
                .text("message", report.message());
    }

    private void open(JsonText json) throws IOException {
        IncidentQueries.OpenCounts counts = store.read(IncidentQueries::open);
        for (Severity severity : List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)) {
            json.integer(severity.name(), counts.bySeverity().getOrDefault(severity, 0L));
        }
        json.integer("suppressed", counts.suppressed());
    }

    private void budget(
            JsonText json, EntityQueries.Alarms alarms, @Nullable ModelRelease model, @Nullable Long eventTime)
            throws IOException {
        json.number(
                        "promisedPerRow",
                        model == null ? Double.NaN : 1 - model.calibration().quantile())
                .text("text", text(config.alarms().budget()))
                .number("realisedPerRow", (double) alarms.alarms() / alarms.rows())
                .integer("rows", alarms.rows())
                .integer("alarms", alarms.alarms())
                .integerOrNull("from", alarms.from())
                .integerOrNull("to", eventTime);
    }

    private static String text(AlarmBudget budget) {
        return "at most " + budget.count() + (budget.count() == 1 ? " false alarm " : " false alarms ")
                + (budget.scope() == BudgetScope.EACH_ENTITY ? "per entity " : "") + "in "
                + ReadableQuantity.period(budget.period().toMillis());
    }

    /** The alarms are those since the model in force began: earlier models may have promised another rate. */
    private Totals totals(@Nullable ModelRelease model) {
        long from = model == null ? -FAR : model.effectiveFrom();
        Totals last = totals;
        if (last == null || last.from() != from || System.nanoTime() - last.countedAt() > KEPT_NANOS) {
            last = store.read(connection -> new Totals(
                    System.nanoTime(),
                    from,
                    ScoreQueries.count(connection),
                    IncidentQueries.count(connection),
                    EntityQueries.count(connection),
                    ScoreQueries.oldest(connection),
                    EntityQueries.alarms(connection, from, FAR)));
            totals = last;
        }
        return last;
    }
}

package dev.noether.console;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of a fleet of servers as they are after some days, with incidents of every kind. Not thread safe. */
final class FleetRecords {
    static final List<String> FEATURES = List.of(
            "cpu.user", "memory.used", "disk.write", "net.out", "load.1m", "latency.p99", "errors", "queue.depth");

    /** An entity and a feature that a page must show as text. */
    static final String HOSTILE = "<img src=x onerror=alert(1)>";

    static final int HOSTILE_ENTITY = 20;

    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;

    private static final double[] LEVELS = {34, 61, 41, 320, 2.1, 182, .6, 14};
    private static final double[] SPREADS = {4, 1.5, 6, 24, .3, 12, .2, 3};
    private static final List<String> ROLES = List.of("edge", "api", "db", "cache", "queue", "web");
    private static final List<String> PLACES = List.of("fra", "ams", "iad");
    private static final BreakShape[] SHAPES = {
        BreakShape.LEVEL, BreakShape.SPIKE, BreakShape.STUCK, BreakShape.CORRELATION, BreakShape.DRIFT
    };
    private static final double THRESHOLD = 4.1;

    private final Random random;
    private final long now;

    FleetRecords(long seed, long now) {
        this.random = new Random(seed);
        this.now = now;
    }

    static String entity(int i) {
        return i == HOSTILE_ENTITY
                ? HOSTILE
                : "%s-%s-%02d".formatted(ROLES.get(i % ROLES.size()), PLACES.get(i % PLACES.size()), 1 + i / 6);
    }

    /** Returns incidents of the last days: resolved ones, an outbreak, suppressed ones, silences. */
    List<Incident> past(int entities, int count, double days) {
        List<Incident> incidents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long start = now - (long) (days * 24 * HOUR * Math.pow(random.nextDouble(), 1.3)) - HOUR;
            long end = Math.min(now - 10 * MINUTE, start + (long) (MINUTE * (1 + 80 * random.nextDouble())));
            String entity = entities > 1_000 ? "machine-" + random.nextInt(entities) : entity(random.nextInt(entities));
            incidents.add(anomaly(entity, start, end, severity(), IncidentState.RESOLVED, null));
        }
        return incidents;
    }

    /** Returns an outbreak: its members, then the group. */
    List<Incident> outbreak(int size, long start, long end) {
        String group = id();
        List<Incident> incidents = new ArrayList<>();
        List<String> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String entity = entity(2 + i * 3);
            members.add(entity);
            Severity severity = i % 3 == 0 ? Severity.CRITICAL : i % 3 == 1 ? Severity.HIGH : Severity.MEDIUM;
            incidents.add(anomaly(entity, start + i * 400L, end, severity, IncidentState.RESOLVED, group));
        }
        incidents.add(new Incident(
                new IncidentIdentity(TestingRecords.DETECTOR, group, "", IncidentKind.GROUP),
                IncidentState.RESOLVED,
                Severity.CRITICAL,
                new IncidentTimes(start, end, end),
                new IncidentPeak(17.2, start + MINUTE, 1e-7, THRESHOLD, 2, null),
                40L * size,
                new Diagnosis(
                        List.of(cause(5, 31), cause(7, 22)),
                        BreakShape.LEVEL,
                        size + " entities changed within 6 s, first " + members.get(0)
                                + "; common: latency.p99, queue.depth"),
                new IncidentGroup(null, members, size),
                null));
        return incidents;
    }

    /** Returns an incident whose rows {@link #scores} can make. */
    Incident anomaly(
            String entity, long start, long end, Severity severity, IncidentState state, @Nullable String group) {
        int feature = random.nextInt(FEATURES.size());
        Cause first = cause(feature, (random.nextInt(4) == 0 ? -1 : 1) * (14 + 12 * random.nextDouble()));
        Cause second = cause((feature + 3) % FEATURES.size(), 8 + 5 * random.nextDouble());
        double peak = THRESHOLD * (1.1 + severity.ordinal() * .9 + random.nextDouble());
        return new Incident(
                new IncidentIdentity(TestingRecords.DETECTOR, id(), entity, IncidentKind.ANOMALY),
                state,
                severity,
                new IncidentTimes(start, end, state == IncidentState.OPENED ? start + MINUTE : end),
                new IncidentPeak(peak, start + MINUTE, 1e-6 * random.nextDouble(), THRESHOLD, 2, null),
                Math.max(1, (end - start) / MINUTE),
                new Diagnosis(
                        List.of(first, second),
                        SHAPES[random.nextInt(SHAPES.length)],
                        "%s: %s is %.4g, expected %.4g (usual range %.4g to %.4g); also unusual: %s"
                                .formatted(
                                        entity,
                                        first.feature(),
                                        first.observed(),
                                        first.expected(),
                                        first.usualLow(),
                                        first.usualHigh(),
                                        second.feature())),
                new IncidentGroup(group, List.of(), 0),
                null);
    }

    private Cause cause(int feature, double deviation) {
        double level = LEVELS[feature];
        double spread = SPREADS[feature];
        return new Cause(
                FEATURES.get(feature),
                (float) deviation,
                (float) (level + deviation * spread),
                (float) level,
                (float) (level - 3 * spread),
                (float) (level + 3 * spread));
    }

    /** Returns the scores of an entity, one a minute; those in the incident show its causes. */
    List<Score> scores(String entity, long from, long to, @Nullable Incident incident) {
        List<Score> scores = new ArrayList<>();
        for (long time = from - from % MINUTE; time <= to; time += MINUTE) {
            boolean isAnomalous = incident != null
                    && time >= incident.times().start()
                    && time <= incident.times().end();
            double score = isAnomalous
                    ? incident.peak().score() * (.8 + .2 * random.nextDouble())
                    : Math.min(3.6, Math.abs(1.2 + .5 * random.nextGaussian()));
            scores.add(new Score(
                    TestingRecords.DETECTOR,
                    entity,
                    time,
                    time + 1,
                    0,
                    time / MINUTE,
                    isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL,
                    null,
                    score,
                    isAnomalous ? 1e-6 : .4,
                    THRESHOLD,
                    contributions(time, isAnomalous ? incident : null),
                    List.of(),
                    2));
        }
        return scores;
    }

    /** Returns normal scores of an entity, one a minute, without the values of the features. */
    List<Score> normal(String entity, long from, long to) {
        List<Score> scores = new ArrayList<>();
        for (long time = from; time < to; time += MINUTE) {
            scores.add(TestingRecords.score(entity, time, time / MINUTE, Verdict.NORMAL));
        }
        return scores;
    }

    private List<Contribution> contributions(long time, @Nullable Incident incident) {
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < FEATURES.size(); i++) {
            String name = FEATURES.get(i);
            double level = LEVELS[i] + SPREADS[i] * Math.sin(time / (6.0 * HOUR) * 2 * Math.PI + i);
            double deviation = .7 * random.nextGaussian();
            if (incident != null) {
                for (Cause cause : incident.diagnosis().causes()) {
                    deviation = cause.feature().equals(name)
                            ? cause.deviation() * (.85 + .15 * random.nextDouble())
                            : deviation;
                }
            }
            contributions.add(new Contribution(
                    name,
                    1f / FEATURES.size(),
                    (float) (level + deviation * SPREADS[i]),
                    (float) level,
                    (float) deviation,
                    (float) (level - 3 * SPREADS[i]),
                    (float) (level + 3 * SPREADS[i])));
        }
        return contributions;
    }

    private Severity severity() {
        double share = random.nextDouble();
        return share < .08
                ? Severity.CRITICAL
                : share < .3 ? Severity.HIGH : share < .62 ? Severity.MEDIUM : Severity.LOW;
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString().replace("-", "");
    }
}

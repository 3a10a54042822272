package dev.noether.incident.tracker;

import dev.noether.incident.anomaly.AnomalyOptions;
import dev.noether.incident.anomaly.SeverityBands;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.rate.AllowedAlarmRate;
import dev.noether.incident.silence.SilenceOptions;
import dev.noether.incident.silence.SilenceSuppression;
import dev.noether.schemas.Incident;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tracker with its entities and its wheel of deadlines, driven like the Flink operator drives it. */
public final class TrackerHarness {
    public static final TrackerOptions OPTIONS = new TrackerOptions(
            "fleet",
            new AnomalyOptions(60_000, new SeverityBands(1, 2, 4)),
            new SilenceOptions(true, 1_000, 60_000),
            86_400_000,
            new AllowedAlarmRate(1, true, 86_400_000));

    public final List<Incident> reports = new ArrayList<>();
    public final Map<String, EntityTrack> tracks = new TreeMap<>();
    public final IncidentTracker tracker;
    private final DeadlineWheel<String> wheel = new DeadlineWheel<>();
    /** Whether each entity is written and read back after each step. */
    private final boolean isRestoring;

    public TrackerHarness() {
        this(OPTIONS, false);
    }

    public TrackerHarness(TrackerOptions options, boolean isRestoring) {
        this.tracker = new IncidentTracker(options, SilenceSuppression.NONE, reports::add);
        this.isRestoring = isRestoring;
    }

    public void normal(String entity, long time) {
        normal(entity, 0, time);
    }

    public void normal(String entity, int partition, long time) {
        EntityTrack track = track(entity);
        tracker.observe(track, entity, partition, time);
        schedule(track, entity, Long.MIN_VALUE);
    }

    public void anomalous(String entity, Evidence evidence) {
        EntityTrack track = track(entity);
        tracker.observe(track, entity, 0, evidence.time());
        tracker.addEvidence(track, entity, evidence);
        schedule(track, entity, Long.MIN_VALUE);
    }

    public void watermark(long time) {
        tracker.advance(time);
        wheel.advance(time, (due, entity) -> {
            EntityTrack track = tracks.get(entity);
            if (track == null || track.nextCheck() != due) {
                return;
            }
            tracker.clearCheck(track);
            tracker.check(track, entity, time);
            if (tracker.removeIfForgotten(track, entity, time)) {
                tracks.remove(entity);
            } else {
                schedule(track, entity, time);
            }
        });
    }

    /** Adds an entity of a checkpoint. */
    public void restore(String entity, EntityTrack track) {
        tracks.put(entity, track);
        tracker.add(track, entity);
        tracker.restored(track, entity);
        tracker.clearCheck(track);
        schedule(track, entity, Long.MIN_VALUE);
    }

    private EntityTrack track(String entity) {
        EntityTrack track = tracks.get(entity);
        if (track == null) {
            track = new EntityTrack();
            tracks.put(entity, track);
            tracker.add(track, entity);
        }
        return track;
    }

    private void schedule(EntityTrack track, String entity, long now) {
        if (tracker.scheduleCheck(track, now)) {
            wheel.add(track.nextCheck(), entity);
        }
        if (isRestoring) {
            tracks.put(entity, restored(track).copy());
        }
    }

    public static EntityTrack restored(EntityTrack track) {
        try {
            return EntityTrack.read(new DataInputStream(new ByteArrayInputStream(bytes(track))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(EntityTrack track) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            track.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static Evidence evidence(long time, double score, FeatureEvidence... features) {
        return new Evidence(time, score, 5, 0.001, 7, List.of(features), null);
    }

    public static FeatureEvidence feature(String name, float deviation, float observed, float expected) {
        return new FeatureEvidence(name, 0.5f, observed, expected, deviation, expected - 1, expected + 1);
    }
}

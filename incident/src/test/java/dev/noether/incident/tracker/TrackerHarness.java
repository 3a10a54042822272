package dev.noether.incident.tracker;

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

/** A tracker with its entities and its wheel, as the stream processor would drive it. */
final class TrackerHarness {
    static final TrackerOptions OPTIONS = new TrackerOptions(
            "fleet",
            60_000,
            new SeverityBands(1, 2, 4),
            true,
            1_000,
            60_000,
            86_400_000,
            new AlarmPromise(1, true, 86_400_000));

    final List<IncidentReport> reports = new ArrayList<>();
    final Map<String, EntityTrack> tracks = new TreeMap<>();
    final IncidentTracker tracker;
    private final DeadlineWheel<String> wheel = new DeadlineWheel<>();
    /** Whether each entity is written and read back after each step. */
    private final boolean restoring;

    TrackerHarness() {
        this(OPTIONS, false);
    }

    TrackerHarness(TrackerOptions options, boolean restoring) {
        this.tracker = new IncidentTracker(options, SilenceSuppression.NONE, reports::add);
        this.restoring = restoring;
    }

    void normal(String entity, long time) {
        EntityTrack track = track(entity);
        tracker.seen(track, entity, time);
        arm(track, entity);
    }

    void anomalous(String entity, Evidence evidence) {
        EntityTrack track = track(entity);
        tracker.seen(track, entity, evidence.time());
        tracker.anomalous(track, entity, evidence);
        arm(track, entity);
    }

    void watermark(long time) {
        wheel.advance(time, (due, entity) -> {
            EntityTrack track = tracks.get(entity);
            if (track == null || track.armed() != due) {
                return;
            }
            tracker.disarm(track);
            tracker.check(track, entity, time);
            if (tracker.isGone(track, entity, time)) {
                tracks.remove(entity);
                tracker.leave(track, entity);
            } else {
                arm(track, entity);
            }
        });
    }

    private EntityTrack track(String entity) {
        EntityTrack track = tracks.get(entity);
        if (track == null) {
            track = new EntityTrack();
            tracks.put(entity, track);
            tracker.enter(track, entity);
        }
        return track;
    }

    private void arm(EntityTrack track, String entity) {
        if (tracker.arm(track)) {
            wheel.add(track.armed(), entity);
        }
        if (restoring) {
            tracks.put(entity, restored(track).copy());
        }
    }

    static EntityTrack restored(EntityTrack track) {
        try {
            return EntityTrack.read(new DataInputStream(new ByteArrayInputStream(bytes(track))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(EntityTrack track) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            track.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Evidence evidence(long time, double score, FeatureEvidence... features) {
        return new Evidence(time, score, 5, 0.001, 7, List.of(features), null);
    }

    static FeatureEvidence feature(String name, float deviation, float observed, float expected) {
        return new FeatureEvidence(name, 0.5f, observed, expected, deviation, expected - 1, expected + 1);
    }
}

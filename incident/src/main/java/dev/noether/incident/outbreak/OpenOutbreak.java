package dev.noether.incident.outbreak;

import dev.noether.incident.report.IncidentBytes;
import dev.noether.incident.report.IncidentId;
import dev.noether.incident.report.TextBytes;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The state of an outbreak while one of its members is open. Not thread safe. */
final class OpenOutbreak {
    /** Maximum length of the onset, in intervals; a later incident has another cause. */
    static final int MAX_ONSET_INTERVALS = 6;

    private static final int MAX_CAUSES = 8;

    private final IncidentIdentity identity;
    private final long start;
    private final LinkedHashSet<String> entities = new LinkedHashSet<>();
    /** Number of anomalous observations by the id of the open member. */
    private final Map<String, Long> openMembers = new HashMap<>();

    private final LeadingFeatures features = new LeadingFeatures();
    private int entityBytes;
    private long lastOnset;
    private int memberCount;
    private int reportedMembers;
    private Incident worst;
    private long end;
    private long finishedCount;
    private boolean hasSilence;

    OpenOutbreak(String detector, Incident first) {
        this(IncidentId.identity(detector, IncidentKind.GROUP, "", first.time()), first.time(), first);
    }

    private OpenOutbreak(IncidentIdentity identity, long start, Incident worst) {
        this.identity = identity;
        this.start = start;
        this.lastOnset = start;
        this.worst = worst;
        this.end = start;
    }

    String id() {
        return identity.id();
    }

    /** Returns the event time at which the newest member opened. */
    long lastOnset() {
        return lastOnset;
    }

    /** Returns whether an incident that opens at this event time belongs to the outbreak. */
    boolean includes(long onset, long interval) {
        return onset >= start - interval
                && onset <= lastOnset + interval
                && onset <= start + MAX_ONSET_INTERVALS * interval;
    }

    boolean hasOpenMember(String incidentId) {
        return openMembers.containsKey(incidentId);
    }

    boolean isOver() {
        return openMembers.isEmpty();
    }

    /** Returns whether the number of members has at least doubled since the last report. */
    boolean hasDoubled() {
        return memberCount >= 2 * reportedMembers;
    }

    /** Adds a member. */
    void add(Incident opened) {
        lastOnset = Math.max(lastOnset, opened.time());
        if (!entities.contains(opened.entity())) {
            memberCount++;
            list(opened.entity());
        }
        hasSilence |= opened.kind() == IncidentKind.SILENCE;
        List<Cause> causes = opened.diagnosis().causes();
        if (!causes.isEmpty()) {
            features.add(causes.get(0));
        }
        openMembers.put(opened.id(), opened.count());
        update(opened);
    }

    /** Lists the entity if there is room; the first ones are listed, so that a report only adds names. */
    private void list(String entity) {
        int bytes = entity.getBytes(StandardCharsets.UTF_8).length;
        if (entities.size() < IncidentGroup.MAX_MEMBERS && entityBytes + bytes <= IncidentGroup.MAX_MEMBER_BYTES) {
            entities.add(entity);
            entityBytes += bytes;
        }
    }

    /** Adds a report of a member. */
    void update(Incident report) {
        end = Math.max(end, report.end());
        if (report.severity().compareTo(worst.severity()) > 0
                || (report.severity() == worst.severity()
                        && report.peak().score() > worst.peak().score())) {
            worst = report;
        }
        if (report.state() == IncidentState.RESOLVED) {
            openMembers.remove(report.id());
            finishedCount += report.count();
        } else {
            openMembers.put(report.id(), report.count());
        }
    }

    /** Returns a report of the outbreak at an event time. */
    Incident report(IncidentState state, long time) {
        reportedMembers = memberCount;
        List<Cause> causes = features.ranked(MAX_CAUSES);
        BreakShape shape = causes.isEmpty() && hasSilence ? BreakShape.SILENCE : BreakShape.UNKNOWN;
        String description = OutbreakSentences.describe(memberCount, start, lastOnset, causes);
        long count = finishedCount
                + openMembers.values().stream().mapToLong(Long::longValue).sum();
        return new Incident(
                identity,
                state,
                worst.severity(),
                new IncidentTimes(start, end, time),
                worst.peak(),
                count,
                new Diagnosis(causes, shape, description),
                new IncidentGroup(null, new ArrayList<>(entities), memberCount),
                null);
    }

    void write(DataOutput target) throws IOException {
        TextBytes.write(identity.id(), target);
        target.writeLong(start);
        IncidentBytes.write(worst, target);
        target.writeLong(lastOnset);
        target.writeInt(memberCount);
        target.writeInt(reportedMembers);
        target.writeLong(end);
        target.writeLong(finishedCount);
        target.writeBoolean(hasSilence);
        TextBytes.writeAll(entities, target);
        target.writeInt(openMembers.size());
        for (Map.Entry<String, Long> member : openMembers.entrySet()) {
            TextBytes.write(member.getKey(), target);
            target.writeLong(member.getValue());
        }
        features.write(target);
    }

    static OpenOutbreak read(DataInput source, String detector, boolean hasFindings) throws IOException {
        IncidentIdentity identity = new IncidentIdentity(detector, TextBytes.read(source), "", IncidentKind.GROUP);
        long start = source.readLong();
        OpenOutbreak outbreak = new OpenOutbreak(identity, start, IncidentBytes.read(source, detector, hasFindings));
        outbreak.lastOnset = source.readLong();
        outbreak.memberCount = source.readInt();
        outbreak.reportedMembers = source.readInt();
        outbreak.end = source.readLong();
        outbreak.finishedCount = source.readLong();
        outbreak.hasSilence = source.readBoolean();
        // Version 0.1 listed more bytes than a record may have.
        TextBytes.readAll(source).forEach(outbreak::list);
        int members = source.readInt();
        for (int i = 0; i < members; i++) {
            outbreak.openMembers.put(TextBytes.read(source), source.readLong());
        }
        outbreak.features.read(source);
        return outbreak;
    }
}

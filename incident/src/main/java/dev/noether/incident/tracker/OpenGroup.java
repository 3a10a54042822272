package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What is remembered of an outbreak while one of its members lasts. Not thread safe. */
final class OpenGroup {
    /** The outbreak goes on for at most this many intervals; later incidents are no longer of the same cause. */
    static final int LONGEST_INTERVALS = 6;

    final String id;
    final long start;
    long lastOnset;
    int memberCount;
    int reportedMembers;

    private final LinkedHashSet<String> entities = new LinkedHashSet<>();
    /** How many anomalous observations each open member has. */
    private final Map<String, Long> openMembers = new HashMap<>();
    /** The features that led a member, each with its largest deviation, and how many members it led. */
    private final Map<String, LeadingFeature> leading = new HashMap<>();

    private final Map<String, Integer> led = new HashMap<>();
    private IncidentReport worst;
    private long end;
    private long finishedCount;
    private boolean anySilent;

    OpenGroup(String detector, IncidentReport first) {
        this(IncidentId.of(detector, IncidentKind.GROUP, "", first.time()), first.time(), first);
    }

    private OpenGroup(String id, long start, IncidentReport worst) {
        this.id = id;
        this.start = start;
        this.lastOnset = start;
        this.worst = worst;
        this.end = start;
    }

    /** Whether an incident that opens then is of this outbreak. */
    boolean reaches(long onset, long interval) {
        return onset >= start - interval
                && onset <= lastOnset + interval
                && onset <= start + LONGEST_INTERVALS * interval;
    }

    boolean hasOpen(String incident) {
        return openMembers.containsKey(incident);
    }

    boolean isOver() {
        return openMembers.isEmpty();
    }

    void join(IncidentReport opened) {
        lastOnset = Math.max(lastOnset, opened.time());
        if (!entities.contains(opened.entity())) {
            memberCount++;
            if (entities.size() < IncidentReport.MOST_MEMBERS) {
                entities.add(opened.entity());
            }
        }
        anySilent |= opened.kind() == IncidentKind.SILENCE;
        if (!opened.leading().isEmpty()) {
            LeadingFeature first = opened.leading().get(0);
            led.merge(first.feature(), 1, Integer::sum);
            leading.merge(first.feature(), first, (a, b) -> a.deviation() >= b.deviation() ? a : b);
        }
        openMembers.put(opened.id(), opened.count());
        follow(opened);
    }

    /** Takes in what is said of a member. */
    void follow(IncidentReport report) {
        end = Math.max(end, report.end());
        if (report.severity().compareTo(worst.severity()) > 0
                || (report.severity() == worst.severity() && report.peakScore() > worst.peakScore())) {
            worst = report;
        }
        if (report.state() == IncidentState.RESOLVED) {
            openMembers.remove(report.id());
            finishedCount += report.count();
        } else {
            openMembers.put(report.id(), report.count());
        }
    }

    IncidentReport report(IncidentState state, long time) {
        reportedMembers = memberCount;
        List<LeadingFeature> features = leading.values().stream()
                .sorted(Comparator.comparingInt((LeadingFeature feature) -> -led.getOrDefault(feature.feature(), 0))
                        .thenComparing(LeadingFeature::feature))
                .limit(IncidentReport.MOST_LEADING)
                .toList();
        return new IncidentReport(
                id,
                "",
                IncidentKind.GROUP,
                state,
                worst.severity(),
                start,
                end,
                time,
                worst.peakScore(),
                worst.peakTime(),
                worst.pValue(),
                worst.threshold(),
                finishedCount
                        + openMembers.values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                features,
                features.isEmpty() && anySilent ? BreakShape.SILENCE : BreakShape.UNKNOWN,
                Sentences.group(memberCount, lastOnset - start, features),
                new ArrayList<>(entities),
                memberCount,
                null,
                null,
                worst.modelVersion());
    }

    void write(DataOutput target) throws IOException {
        ReportBytes.writeText(id, target);
        target.writeLong(start);
        ReportBytes.write(worst, target);
        target.writeLong(lastOnset);
        target.writeInt(memberCount);
        target.writeInt(reportedMembers);
        target.writeLong(end);
        target.writeLong(finishedCount);
        target.writeBoolean(anySilent);
        ReportBytes.writeTexts(entities, target);
        target.writeInt(openMembers.size());
        for (Map.Entry<String, Long> member : openMembers.entrySet()) {
            ReportBytes.writeText(member.getKey(), target);
            target.writeLong(member.getValue());
        }
        target.writeInt(leading.size());
        for (LeadingFeature feature : leading.values()) {
            ReportBytes.writeLeading(feature, target);
            target.writeInt(led.getOrDefault(feature.feature(), 0));
        }
    }

    static OpenGroup read(DataInput source) throws IOException {
        OpenGroup group = new OpenGroup(ReportBytes.readText(source), source.readLong(), ReportBytes.read(source));
        group.lastOnset = source.readLong();
        group.memberCount = source.readInt();
        group.reportedMembers = source.readInt();
        group.end = source.readLong();
        group.finishedCount = source.readLong();
        group.anySilent = source.readBoolean();
        group.entities.addAll(ReportBytes.readTexts(source));
        int members = source.readInt();
        for (int i = 0; i < members; i++) {
            group.openMembers.put(ReportBytes.readText(source), source.readLong());
        }
        int count = source.readInt();
        for (int i = 0; i < count; i++) {
            LeadingFeature feature = ReportBytes.readLeading(source);
            group.leading.put(feature.feature(), feature);
            group.led.put(feature.feature(), source.readInt());
        }
        return group;
    }
}

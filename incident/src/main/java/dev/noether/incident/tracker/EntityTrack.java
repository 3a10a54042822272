package dev.noether.incident.tracker;

import dev.noether.incident.anomaly.OpenAnomaly;
import dev.noether.incident.rate.RecentAlarms;
import dev.noether.incident.report.TextBytes;
import dev.noether.incident.silence.AbsentFeatures;
import dev.noether.incident.silence.OpenSilence;
import dev.noether.incident.silence.ReportingRhythm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The state of {@link IncidentTracker} for one entity: {@value #QUIET_BYTES} bytes, {@value RecentAlarms#BYTES} more
 * after its first alarm. An open incident adds about 100 bytes, and 96 bytes and the name's length for each feature.
 * Not thread safe.
 */
public final class EntityTrack {
    /** Size of the state of an entity that never raised an alarm, bytes. */
    public static final int QUIET_BYTES = Byte.BYTES + ReportingRhythm.BYTES + Long.BYTES + 4 + Integer.BYTES;

    /** Heap size of such an entity: this object, its rhythm and its entry in the wheel of deadlines, bytes. */
    public static final int MEMORY_BYTES = 48 + 40 + 8;

    /** The result of {@link #newest} before the first score. */
    public static final long NO_SCORE = ReportingRhythm.NEVER;

    /** The check time of an entity that need not be checked. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int FORMAT_WITH_LAG = 3;
    private static final int FORMAT_WITH_FINDING = 4;
    private static final int HAS_ALARMS = 1;
    private static final int HAS_ABSENT = 2;
    private static final int KNOWS_FEATURES = 4;
    private static final int FORMAT_WITH_SCHEDULE = 6;
    private static final int FORMAT_VERSION = 6;

    final ReportingRhythm rhythm;
    /** Due time of the next check; other deadlines of the entity in the wheel are void. */
    long nextCheck = NEVER;

    /** How far the clock of the entity is behind that of the source, milliseconds; negative if it is ahead. */
    int lagMillis;

    @Nullable
    OpenSilence silence;

    @Nullable
    OpenAnomaly anomaly;

    /** Null before the first alarm. */
    @Nullable
    RecentAlarms alarms;

    /** Whether a row told which features the entity reports. */
    boolean knowsFeatures;

    /** Null while the entity reports all its features, which is the common case. */
    @Nullable
    AbsentFeatures absent;

    /** Makes the state of a new entity. */
    public EntityTrack() {
        this(new ReportingRhythm());
    }

    private EntityTrack(ReportingRhythm rhythm) {
        this.rhythm = rhythm;
    }

    /** Returns the due time of the next check; {@link #NEVER} if there is none. */
    public long nextCheck() {
        return nextCheck;
    }

    /** Returns the event time of the newest score, milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long newest() {
        return rhythm.newest();
    }

    /** Returns the number of open incidents. */
    public int openIncidents() {
        return (silence == null ? 0 : 1) + (anomaly == null ? 0 : 1) + (absent != null && absent.isOpen() ? 1 : 0);
    }

    /** Returns an independent copy. */
    public EntityTrack copy() {
        EntityTrack copy = new EntityTrack(rhythm.copy());
        copy.nextCheck = nextCheck;
        copy.lagMillis = lagMillis;
        copy.silence = silence;
        copy.anomaly = anomaly == null ? null : anomaly.copy();
        copy.alarms = alarms == null ? null : alarms.copy();
        copy.knowsFeatures = knowsFeatures;
        copy.absent = absent == null ? null : absent.copy();
        return copy;
    }

    /** Writes the state, preceded by a format version. */
    public void write(DataOutput target) throws IOException {
        target.writeByte(FORMAT_VERSION);
        rhythm.write(target);
        target.writeInt(lagMillis);
        target.writeLong(nextCheck);
        target.writeBoolean(silence != null);
        TextBytes.writeNullable(silence == null ? null : silence.suppressed(), target);
        target.writeBoolean(anomaly != null);
        if (anomaly != null) {
            anomaly.write(target);
        }
        target.writeByte((alarms == null ? 0 : HAS_ALARMS)
                | (absent == null ? 0 : HAS_ABSENT)
                | (knowsFeatures ? KNOWS_FEATURES : 0));
        if (alarms != null) {
            alarms.write(target);
        }
        if (absent != null) {
            absent.write(target);
        }
    }

    /**
     * Reads the state that {@link #write} wrote, in any format. The first format has neither recent alarms nor the runs
     * of stuck features; the second has no lag; the third has no finding of the shape view; up to the
     * fourth there are no absent features, and up to the fifth no jobs that recur.
     *
     * @throws IOException if the format version is unknown
     */
    public static EntityTrack read(DataInput source) throws IOException {
        int format = source.readByte();
        if (format < 1 || format > FORMAT_VERSION) {
            throw new IOException("found state format version " + format + ", supports at most " + FORMAT_VERSION);
        }
        boolean isFirstFormat = format == 1;
        EntityTrack track = new EntityTrack(ReportingRhythm.read(source));
        track.lagMillis = format < FORMAT_WITH_LAG ? 0 : source.readInt();
        track.nextCheck = source.readLong();
        boolean isSilent = source.readBoolean();
        @Nullable String suppressed = TextBytes.readNullable(source);
        track.silence = isSilent ? new OpenSilence(suppressed) : null;
        OpenAnomaly.StateContent content = new OpenAnomaly.StateContent(
                !isFirstFormat, format >= FORMAT_WITH_FINDING, format >= FORMAT_WITH_SCHEDULE);
        track.anomaly = source.readBoolean() ? OpenAnomaly.read(source, content) : null;
        // Up to the fourth format, a byte of 0 or 1.
        int parts = isFirstFormat ? 0 : source.readByte();
        track.alarms = (parts & HAS_ALARMS) != 0 ? RecentAlarms.read(source) : null;
        track.absent = (parts & HAS_ABSENT) != 0 ? AbsentFeatures.read(source) : null;
        track.knowsFeatures = (parts & KNOWS_FEATURES) != 0;
        return track;
    }
}

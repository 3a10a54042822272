package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link IncidentTracker} remembers of one entity: {@value #QUIET_BYTES} bytes, {@value RecentAlarms#BYTES} more once it has
 * alarmed, and while an incident is open about 100 more and 96 bytes and its name's length for each feature. Not thread safe.
 */
public final class EntityTrack {
    /** Bytes of an entity that never alarmed. */
    public static final int QUIET_BYTES = Byte.BYTES + Rhythm.BYTES + Long.BYTES + 4;

    /** What such an entity takes in memory, in bytes: this object, its rhythm, and its place among the deadlines. */
    public static final int MEMORY_BYTES = 40 + 40 + 8;

    /** Not to be looked at. */
    public static final long NEVER = Long.MAX_VALUE;

    static final int FORMAT_VERSION = 2;

    final Rhythm rhythm;
    /** When it is to be looked at; earlier and later times that were once announced do not count. */
    long armed = NEVER;
    /** Whether its silence has been reported. */
    boolean silent;
    /** Why its silence must wake nobody; null where it may. */
    @Nullable
    String silenceSuppressed;

    @Nullable
    OpenIncident open;

    /** Null where it never alarmed. */
    @Nullable
    RecentAlarms alarms;

    /** An entity of which nothing has been seen. */
    public EntityTrack() {
        this(new Rhythm());
    }

    private EntityTrack(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    /** When it is to be looked at, as a due time of the wheel; {@link #NEVER} for not at all. */
    public long armed() {
        return armed;
    }

    /** Event time of its newest score, milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long newest() {
        return rhythm.newest();
    }

    /** How many incidents are open. */
    public int incidents() {
        return (silent ? 1 : 0) + (open == null ? 0 : 1);
    }

    /** Whether an incident of any kind is open. */
    public boolean hasIncident() {
        return incidents() > 0;
    }

    /** An independent copy. */
    public EntityTrack copy() {
        EntityTrack copy = new EntityTrack(rhythm.copy());
        copy.armed = armed;
        copy.silent = silent;
        copy.silenceSuppressed = silenceSuppressed;
        copy.open = open == null ? null : open.copy();
        copy.alarms = alarms == null ? null : alarms.copy();
        return copy;
    }

    /** Writes it, behind a format version. */
    public void write(DataOutput target) throws IOException {
        target.writeByte(FORMAT_VERSION);
        rhythm.write(target);
        target.writeLong(armed);
        target.writeBoolean(silent);
        ReportBytes.writeNullable(silenceSuppressed, target);
        target.writeBoolean(open != null);
        if (open != null) {
            open.write(target);
        }
        target.writeBoolean(alarms != null);
        if (alarms != null) {
            alarms.write(target);
        }
    }

    /**
     * Reads what {@link #write} wrote, in this format or the first one, which counted neither alarms nor
     * repetitions.
     *
     * @throws IOException if the format version is a later one
     */
    public static EntityTrack read(DataInput source) throws IOException {
        int format = source.readByte();
        if (format < 1 || format > FORMAT_VERSION) {
            throw new IOException("found state format version " + format + ", supports at most " + FORMAT_VERSION);
        }
        EntityTrack track = new EntityTrack(Rhythm.read(source));
        track.armed = source.readLong();
        track.silent = source.readBoolean();
        track.silenceSuppressed = ReportBytes.readNullable(source);
        track.open = source.readBoolean() ? OpenIncident.read(source, format) : null;
        track.alarms = format > 1 && source.readBoolean() ? RecentAlarms.read(source) : null;
        return track;
    }
}

package dev.noether.flink.recovery;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The incidents that the topic contained before a recovery. Immutable.
 *
 * @param byId progress by id of the incident
 * @param isFreshStart whether the job starts with empty state, so that it may never report an open incident again
 */
record KnownIncidents(Map<String, IncidentProgress> byId, boolean isFreshStart) implements Serializable {
    static final KnownIncidents NONE = new KnownIncidents(Map.of(), false);

    private static final int VERSION = 1;
    private static final int RESOLVED = -1;

    KnownIncidents {
        byId = Map.copyOf(byId);
    }

    void write(DataOutput target) throws IOException {
        target.writeByte(VERSION);
        target.writeBoolean(isFreshStart);
        target.writeInt(byId.size());
        for (Map.Entry<String, IncidentProgress> incident : byId.entrySet()) {
            target.writeUTF(incident.getKey());
            target.writeLong(incident.getValue().time());
            byte[] last = incident.getValue().last();
            target.writeInt(last == null ? RESOLVED : last.length);
            if (last != null) {
                target.write(last);
            }
        }
    }

    static KnownIncidents read(DataInput source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException("known incidents have format version " + version + "; this version of Noether reads "
                    + "version " + VERSION);
        }
        boolean isFreshStart = source.readBoolean();
        Map<String, IncidentProgress> byId = new HashMap<>();
        for (int rest = source.readInt(); rest > 0; rest--) {
            String id = source.readUTF();
            long time = source.readLong();
            int length = source.readInt();
            byte[] last = length == RESOLVED ? null : new byte[length];
            if (last != null) {
                source.readFully(last);
            }
            byId.put(id, new IncidentProgress(time, last));
        }
        return new KnownIncidents(byId, isFreshStart);
    }
}

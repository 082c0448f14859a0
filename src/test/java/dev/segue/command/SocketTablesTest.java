package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SocketTablesTest {
    @Test
    void tcp_table_givesThoseInStateListen() {
        assertThat(SocketTables.tcp("""
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:737A 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 79549 1 00000000f3409a75 100 0 0 10 0
                   1: 00000000:07E8 00000000:0000 0A 00000000:00000001 00:00000000 00000000    33        0 1129 1 000000002f55b5a6 100 0 0 10 0
                   2: 0100007F:737A 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 80001 1 000000001f55b5a7 20 4 30 10 -1
                   3: 0100007F:737A 0100007F:C002 06 00000000:00000000 03:000016D2 00000000     0        0 0 3 000000003f55b5a8
                   4: 0100007F:0A0A 0100007F:C004 02 00000000:00000000 00:00000000 00000000     0        0 80003 1 000000004f55b5a9 20 4 30 10 -1
                """.lines())).containsExactlyInAnyOrder("socket:[79549]", "socket:[1129]");
    }

    @Test
    void tcp_tableOfVersion6_givesThoseInStateListen() {
        assertThat(SocketTables.tcp("""
                  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 33129 1 0000000000000000 100 0 0 10 0
                   1: 0000000000000000FFFF00000100007F:0050 0000000000000000FFFF00000100007F:D431 08 00000000:00000001 00:00000000 00000000     0        0 33200 1 0000000000000000 20 4 30 10 -1
                """.lines())).containsExactly("socket:[33129]");
    }

    @Test
    void unix_table_givesThoseThatAcceptWhateverTheirName() {
        assertThat(SocketTables.unix("""
                Num       RefCount Protocol Flags    Type St Inode Path
                0000000000000000: 00000002 00000000 00010000 0001 01 21001 /run/haproxy/admin.sock
                0000000000000000: 00000002 00000000 00010000 0005 01 21002 @abstract
                0000000000000000: 00000003 00000000 00000000 0001 03 21003 /run/haproxy/admin.sock
                0000000000000000: 00000002 00000000 00000000 0002 01 21004
                0000000000000000: 00000002 00000000 00010000 0001 01 21005 /a name with 00010000 0001 01 9 in it
                """.lines()))
                .containsExactlyInAnyOrder("socket:[21001]", "socket:[21002]", "socket:[21005]");
    }

    @Test
    void emptyTables_giveNone() {
        assertThat(SocketTables.tcp("".lines())).isEmpty();
        assertThat(SocketTables.unix("".lines())).isEmpty();
    }
}

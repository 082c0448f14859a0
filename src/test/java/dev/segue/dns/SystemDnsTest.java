package dev.segue.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SystemDnsTest {
    private static final String KNOWN = "_etcd-client._tcp.example.test";

    @Test
    void addresses_literal_isItself() throws Exception {
        assertThat(new SystemDns().addresses("127.0.0.1"))
                .extracting(AddressText::of)
                .containsExactly("127.0.0.1");
        assertThat(new SystemDns().addresses("::1")).extracting(AddressText::of).containsExactly("::1");
    }

    @Test
    void addresses_nameOfHostsFile_isFound() throws Exception {
        assertThat(new SystemDns().addresses("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void addresses_nameThatNeverExists_fails() {
        assertThatThrownBy(() -> new SystemDns().addresses("no-such-host.invalid"))
                .isInstanceOf(DnsException.class)
                .hasMessage("no-such-host.invalid: no address found");
    }

    @Test
    void addresses_emptyName_isNotTheLoopback() {
        assertThatThrownBy(() -> new SystemDns().addresses("")).isInstanceOf(DnsException.class);
    }

    @Test
    void services_knownName_givesItsRecords() throws Exception {
        try (NameServer server = new NameServer()) {
            assertThat(new SystemDns(server.url()).services(KNOWN))
                    .containsExactlyInAnyOrder(
                            new SrvRecord("a.example.test", 2379, 10, 60),
                            new SrvRecord("b.example.test", 2380, 20, 0));
        }
    }

    @Test
    void services_unknownName_fails() throws Exception {
        try (NameServer server = new NameServer()) {
            assertThatThrownBy(() -> new SystemDns(server.url()).services("_x._tcp.example.test"))
                    .isInstanceOf(DnsException.class)
                    .hasMessage("_x._tcp.example.test: no SRV record found");
        }
    }

    @Test
    void services_nobodyAnswers_fails() throws Exception {
        try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new SystemDns("dns://127.0.0.1:" + mute.getLocalPort()).services(KNOWN))
                    .isInstanceOf(DnsException.class)
                    .hasMessage(KNOWN + ": no answer from the name servers");
        }
    }

    /** A name server on loopback that knows two SRV records of one name, and that no other name exists. */
    private static final class NameServer implements AutoCloseable {
        private static final int NO_SUCH_NAME = 3;

        private final DatagramSocket socket;

        NameServer() throws IOException {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(this::answerAll, "name-server");
            thread.setDaemon(true);
            thread.start();
        }

        String url() {
            return "dns://127.0.0.1:" + socket.getLocalPort();
        }

        private void answerAll() {
            byte[] buffer = new byte[512];
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                try {
                    socket.receive(packet);
                    byte[] answer = answer(question(packet));
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (IOException e) {
                    return;
                }
            }
        }

        /** The packet's own bytes. */
        private static byte[] question(DatagramPacket packet) {
            byte[] query = new byte[packet.getLength()];
            System.arraycopy(packet.getData(), 0, query, 0, query.length);
            return query;
        }

        private static byte[] answer(byte[] query) throws IOException {
            String question = new String(query, 12, query.length - 12, StandardCharsets.ISO_8859_1);
            boolean known = question.startsWith("\14_etcd-client\4_tcp\7example\4test\0");
            int end = 12 + question.indexOf('\0') + 5;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(query, 0, 2);
            out.writeShort(0x8580 | (known ? 0 : NO_SUCH_NAME));
            out.writeShort(1);
            out.writeShort(known ? 2 : 0);
            out.writeInt(0);
            out.write(query, 12, end - 12);
            if (known) {
                record(out, 10, 60, 2379, "\1a\7example\4test\0");
                record(out, 20, 0, 2380, "\1b\7example\4test\0");
            }
            return bytes.toByteArray();
        }

        private static void record(DataOutputStream out, int priority, int weight, int port, String target)
                throws IOException {
            out.writeShort(0xC00C);
            out.writeShort(33);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(6 + target.length());
            out.writeShort(priority);
            out.writeShort(weight);
            out.writeShort(port);
            out.writeBytes(target);
        }

        /** The thread then leaves its receive. */
        @Override
        public void close() {
            socket.close();
        }
    }
}

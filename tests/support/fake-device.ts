/** A terminal of the attendance flavour, for tests: real HTTP, one request at a time, nothing happens by itself. */
export interface FakeDevice {
  readonly sn: string
  handshake(query?: string): Promise<string>
  upload(table: string, body: string | Uint8Array, stamp?: string): Promise<{ status: number; body: string }>
  /** One ATTLOG line: local time `YYYY-MM-DD HH:MM:SS`. */
  punch(
    pin: string,
    local: string,
    status?: number,
    verify?: number,
  ): Promise<{ status: number; body: string }>
  poll(): Promise<{ raw: string; commands: { id: string; text: string }[] }>
  result(id: string, returnCode: number, cmd?: string): Promise<string>
  request(
    method: string,
    path: string,
    body?: string | Uint8Array,
  ): Promise<{ status: number; body: string; headers: Headers }>
}

/** Makes a terminal that calls `devicesUrl` under `sn`. */
export function createFakeDevice(devicesUrl: string, sn: string): FakeDevice {
  const request: FakeDevice['request'] = async (method, path, body) => {
    const reply = await fetch(`${devicesUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
    })
    return { status: reply.status, body: await reply.text(), headers: reply.headers }
  }
  const upload: FakeDevice['upload'] = (table, body, stamp = '9999') =>
    request('POST', `/iclock/cdata?SN=${sn}&table=${table}&Stamp=${stamp}`, body)
  return {
    sn,
    request,
    upload,
    handshake: async (query = '') =>
      (
        await request(
          'GET',
          `/iclock/cdata?SN=${sn}&options=all&pushver=2.4.1&language=69&DeviceType=att&PushOptionsFlag=1${query}`,
        )
      ).body,
    punch: (pin, local, status = 0, verify = 1) =>
      upload('ATTLOG', `${pin}\t${local}\t${status}\t${verify}\t0\t0\n`),
    async poll() {
      const { body } = await request('GET', `/iclock/getrequest?SN=${sn}`)
      const commands = [...body.matchAll(/^C:([^:]+):(.*)$/gm)].map(([, id = '', text = '']) => ({
        id,
        text,
      }))
      return { raw: body, commands }
    },
    result: async (id, returnCode, cmd = 'DATA') =>
      (await request('POST', `/iclock/devicecmd?SN=${sn}`, `ID=${id}&Return=${returnCode}&CMD=${cmd}\n`))
        .body,
  }
}

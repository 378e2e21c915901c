import { chineseNames } from './gbk.ts'

type Names = { first: readonly string[]; last: readonly string[] }

// The lengths of each pair are coprime, so walking both lists in step repeats nobody for a long time.
const pune: Names = {
  first: (
    'Aarav Anjali Bhavesh Chitra Darshan Esha Gauri Harshad Ishan Jyoti Kaustubh Lata Mihir Nandini Omkar ' +
    'Pallavi Rajani Sagar Tanvi Uday Vaishali Yash Asmita Chinmay Devika Girish Hemant Ketaki Mrunal Nilesh ' +
    'Pradnya Rohini Shantanu Swati Tejas Urmila Vedant'
  ).split(' '),
  last: (
    'Kulkarni Deshmukh Joshi Patil Gaikwad Bhosale Shinde Jadhav Kale Gokhale Bapat Chavan Dhumal Ghorpade ' +
    'Inamdar Kamble Lokhande Mane Phadke Sathe Thorat Wagh Bendre Dixit Sawant Kadam Mulay Salvi Tambe Pethe Vaidya'
  ).split(' '),
}

const lisbon: Names = {
  first: (
    'Afonso Beatriz Carla Diogo Eduarda Filipe Gonçalo Helena Inês Joana Leonor Marta Nuno Patrícia Rita ' +
    'Sérgio Teresa Vasco Catarina Duarte Mafalda Rafael Olívia'
  ).split(' '),
  last: (
    'Almeida Barbosa Cardoso Domingues Esteves Figueiredo Guerreiro Henriques Leitão Macedo Nogueira Pacheco ' +
    'Quintela Rebelo Saraiva Teixeira Valente Xavier Batista'
  ).split(' '),
}

/** Every so many people in Pune is an engineer of the machines' maker, with a name a terminal may write in GBK. */
const visitorEvery = 29

/** The nth name of a place; names and persons are invented. */
export function nameAt(place: 'pune' | 'lisbon', index: number): { firstName: string; lastName: string } {
  const isVisitor = place === 'pune' && index % visitorEvery === visitorEvery - 1
  const visitor = isVisitor ? chineseNames[Math.floor(index / visitorEvery)] : undefined
  if (visitor !== undefined) return { firstName: visitor, lastName: '' }
  const { first, last } = place === 'pune' ? pune : lisbon
  return { firstName: first[index % first.length] ?? '', lastName: last[index % last.length] ?? '' }
}
